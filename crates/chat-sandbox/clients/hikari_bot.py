import os

import hikari

bot = hikari.GatewayBot(
    os.environ["SANDBOX_TOKEN"],
    rest_url=f"{os.environ['SANDBOX_URL']}/api/v10",
    intents=hikari.Intents.ALL_UNPRIVILEGED | hikari.Intents.GUILD_MEMBERS,
    banner=None,
)


@bot.listen()
async def started(event: hikari.StartedEvent):
    application = await bot.rest.fetch_application()
    command = bot.rest.slash_command_builder("hello", "Says hi")
    await bot.rest.set_application_commands(application, [command])
    print("ready", flush=True)


@bot.listen()
async def resumed(event: hikari.ShardResumedEvent):
    print("resumed", flush=True)


@bot.listen()
async def asked(event: hikari.CommandInteractionCreateEvent):
    await event.interaction.create_initial_response(hikari.ResponseType.MESSAGE_CREATE, "Hi")
    await event.interaction.edit_initial_response("Hi again")


bot.run()
