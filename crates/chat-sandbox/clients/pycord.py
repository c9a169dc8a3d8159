import os

import discord

URL = os.environ["SANDBOX_URL"]
discord.http.Route.API_BASE_URL = f"{URL}/api/v{{API_VERSION}}"

intents = discord.Intents.default()
intents.members = True
bot = discord.Bot(intents=intents)


@bot.event
async def on_ready():
    print("ready", flush=True)


@bot.event
async def on_resumed():
    print("resumed", flush=True)


@bot.slash_command(description="Says hi")
async def hello(ctx: discord.ApplicationContext):
    await ctx.respond("Hi")
    await ctx.interaction.edit_original_response(content="Hi again")


bot.run(os.environ["SANDBOX_TOKEN"])
