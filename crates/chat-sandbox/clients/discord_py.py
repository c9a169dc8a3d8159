import os

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket

URL = os.environ["SANDBOX_URL"]
discord.http.Route.BASE = f"{URL}/api/v10"
DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(URL.replace("http", "ws", 1))


class Bot(discord.Client):
    def __init__(self):
        intents = discord.Intents.default()
        intents.members = True
        super().__init__(intents=intents)
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self):
        await self.tree.sync()

    async def on_ready(self):
        guild = self.get_guild(int(os.environ["SANDBOX_GUILD"]))
        assert guild.chunked and len(guild.members) > 1, guild.members
        print("ready", flush=True)

    async def on_resumed(self):
        print("resumed", flush=True)


bot = Bot()


@bot.tree.command(description="Says hi")
async def hello(interaction: discord.Interaction):
    await interaction.response.send_message("Hi")
    await interaction.edit_original_response(content="Hi again")


bot.run(os.environ["SANDBOX_TOKEN"])
