import { Client, Events, GatewayIntentBits } from "discord.js";

const { SANDBOX_URL, SANDBOX_TOKEN } = process.env;
const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMembers, GatewayIntentBits.GuildMessages],
  rest: { api: `${SANDBOX_URL}/api` },
});

client.once(Events.ClientReady, async (ready) => {
  await ready.application.commands.set([{ name: "hello", description: "Says hi" }]);
  const guild = ready.guilds.cache.first();
  const members = await guild.members.fetch();
  if (members.size < 2) throw new Error("some members are missing");
  console.log("ready");
});
client.on(Events.ShardResume, () => console.log("resumed"));
client.on(Events.InteractionCreate, async (interaction) => {
  if (!interaction.isChatInputCommand()) return;
  await interaction.reply("Hi");
  await interaction.editReply("Hi again");
});
await client.login(SANDBOX_TOKEN);
