// A bot of the same kind on discord.js 14 and better-sqlite3: it looks questions up in a bank held in
// memory, and has the first answers to a daily on disk before it acknowledges them, with streaks and
// what boards are sorted by.
// node discord.mjs <API> <folder with the libraries> <questions as JSON> <database>
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [api, folder, bank, database] = process.argv.slice(2);
const library = createRequire(join(folder, "package.json"));
const { ActionRowBuilder, ButtonBuilder, ButtonStyle, Client, EmbedBuilder, Events, GatewayIntentBits, SlashCommandBuilder } =
  library("discord.js");

const topics = JSON.parse(readFileSync(bank, "utf8"));
const questions = topics.flatMap((topic) => topic.questions);

const Database = library("better-sqlite3");
const sql = new Database(database);
sql.pragma("journal_mode = WAL");
sql.pragma("synchronous = FULL");
sql.exec(`
  CREATE TABLE answers (daily TEXT, user TEXT, space TEXT, topic TEXT, choice TEXT, points INTEGER,
    answered_at INTEGER, PRIMARY KEY (daily, user)) WITHOUT ROWID;
  CREATE INDEX answers_by_member ON answers (space, user, topic, points, answered_at);
  CREATE INDEX answers_by_topic ON answers (space, topic, answered_at, user, points);
  CREATE TABLE streaks (space TEXT, user TEXT, current INTEGER, PRIMARY KEY (space, user)) WITHOUT ROWID;
  CREATE TABLE totals (space TEXT, period TEXT, user TEXT, points INTEGER, answers INTEGER,
    PRIMARY KEY (space, period, user)) WITHOUT ROWID;
  CREATE INDEX totals_by_rank ON totals (space, period, points DESC, answers, user);`);
const insert = sql.prepare("INSERT OR IGNORE INTO answers VALUES (?, ?, ?, 'caching', ?, 10, ?)");
const streak = sql.prepare(`INSERT INTO streaks VALUES (?, ?, 1)
  ON CONFLICT DO UPDATE SET current = current + 1 RETURNING current`);
const total = sql.prepare(`INSERT INTO totals VALUES (?, ?, ?, 10, 1)
  ON CONFLICT DO UPDATE SET points = points + 10, answers = answers + 1`);
/** The streak that an answer makes; nothing if there is one already. */
const record = sql.transaction((daily, space, user, choice) => {
  if (insert.run(daily, user, space, choice, Date.now()).changes === 0) return undefined;
  for (const period of ["all", "month 2026-03-01", "week 2026-03-02"]) total.run(space, period, user);
  return streak.get(space, user).current;
});

const button = (id, label) =>
  new ButtonBuilder().setCustomId(id).setLabel(label).setStyle(ButtonStyle.Secondary);
const row = (...buttons) => new ActionRowBuilder().addComponents(buttons);

function found(query) {
  const topic = topics.find((topic) => topic.name === query);
  const words = query.toLowerCase().split(" ");
  const fitting =
    topic?.questions ??
    questions.filter((question) => words.every((word) => question.prompt.toLowerCase().includes(word)));
  return fitting[Math.floor(Math.random() * fitting.length)] ?? questions[0];
}

async function lookUp(interaction) {
  const question = found(interaction.options.getString("query"));
  const card = new EmbedBuilder()
    .setTitle(question.topic)
    .setDescription(question.prompt)
    .setFooter({ text: `${question.difficulty} · ${question.tags.join(", ")}` });
  const buttons = row(button(`answer:${question.id}`, "Show answer"), button("another", "Another"));
  await interaction.reply({ embeds: [card], components: [buttons] });
}

async function grade(interaction) {
  const { message, guildId, user, customId } = interaction;
  const current = record(message.id, guildId, user.id, customId);
  const text = current ? `Right! Streak of ${current}, and 10 points.` : "You have answered already.";
  await interaction.reply({ embeds: [new EmbedBuilder().setDescription(text)], flags: 64 });
}

async function postDaily(guild) {
  const channels = await guild.channels.fetch();
  const daily = channels.find((channel) => channel.name === "news");
  const { prompt, options } = questions.find((question) => question.quizzes.length > 0).quizzes[0];
  const letters = options.map((_, at) => String.fromCharCode(65 + at));
  const card = new EmbedBuilder().setTitle("Daily question").setDescription(prompt);
  const buttons = row(...letters.map((letter) => button(`daily:${letter}`, letter)));
  await daily.send({ embeds: [card], components: [buttons] });
}

// A bot that takes typed replies is told of messages.
const intents = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages];
const client = new Client({ intents, rest: { api: `${api}/api` } });
client.on(Events.InteractionCreate, (interaction) => {
  const answered = interaction.isChatInputCommand() ? lookUp(interaction) : grade(interaction);
  answered.catch((error) => console.error("not answered:", error));
});
client.once(Events.ClientReady, async () => {
  const question = new SlashCommandBuilder()
    .setName("question")
    .setDescription("A question")
    .addStringOption((option) => option.setName("query").setDescription("Whatever").setRequired(true));
  await client.application.commands.set([question]);
  for (const guild of client.guilds.cache.values()) await postDaily(guild);
});
await client.login(process.env.DISCORD_TOKEN);
