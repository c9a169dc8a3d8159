import http from "node:http";
import https from "node:https";

const { SANDBOX_URL, SANDBOX_TOKEN } = process.env;
const { hostname, port } = new URL(SANDBOX_URL);
// It speaks HTTPS only: this is the way to an address without.
https.request = (options, answered) => http.request({ ...options, host: hostname, port, agent: undefined }, answered);

const { default: Eris } = await import("eris");
const client = new Eris(`Bot ${SANDBOX_TOKEN}`, { intents: ["guilds", "guildMembers", "guildMessages"], getAllUsers: true });

client.once("ready", async () => {
  await client.bulkEditCommands([{ name: "hello", description: "Says hi", type: 1 }]);
  if (client.guilds.random().members.size < 2) throw new Error("some members are missing");
  console.log("ready");
});
client.on("shardResume", () => console.log("resumed"));
client.on("error", (error) => console.error(error));
client.on("interactionCreate", async (interaction) => {
  await interaction.createMessage("Hi");
  await interaction.editOriginalMessage("Hi again");
});
await client.connect();
