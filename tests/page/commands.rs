//! Commands as they are typed on the page: what is sent, and what is said of those that can't be.

use crate::harness::Room;
use crate::harness::browser::{Browser, Window, quoted};

/// What the page would send for each line: the options' values by name, or what it says instead.
async fn read(page: &Window, lines: &[&str]) -> Vec<String> {
    let lines: Vec<String> = lines.iter().map(|line| quoted(line)).collect();
    let script = format!(
        "Promise.all([import('/assets/commands.js'), import('/assets/names.js'),
            fetch('/page/commands?as=ana&channel=general').then((answer) => answer.json())])
        .then(([{{ leaves, parse, payload }}, {{ unknownCommand }}, {{ commands, withheld }}]) => {{
            const all = leaves(commands);
            const find = (type, name) => (type >= 6 ? name : undefined);
            const inner = (options) => options.flatMap(({{ name, value, options: more }}) =>
                more ? inner(more) : [`${{name}}=${{value}}`]);
            const read = (line) => {{
                const parsed = parse(line, all);
                if (!parsed) return unknownCommand(line, all, withheld).message;
                try {{
                    const sent = payload(parsed, find, () => undefined);
                    return `${{parsed.leaf.label}} ${{inner(sent).join(' | ')}}`.trim();
                }} catch (error) {{
                    return error.message;
                }}
            }};
            return [{}].map(read);
        }})",
        lines.join(", ")
    );
    page.value(&script).await
}

/// Fails unless the page reads each line so.
async fn reads_as(page: &Window, table: &[(&str, &str)]) {
    let lines: Vec<&str> = table.iter().map(|(line, _)| *line).collect();
    let read = read(page, &lines).await;
    let told: Vec<_> = lines
        .into_iter()
        .zip(read.iter().map(String::as_str))
        .collect();
    assert_eq!(told, table);
}

/// Commands that are sent, colons in their texts and all.
const SENT: &[(&str, &str)] = &[
    ("/question caching", "question query=caching"),
    (
        "/question   query:caching   difficulty:Easy",
        "question query=caching | difficulty=0",
    ),
    (
        "/Question QUERY:caching DIFFICULTY:easy",
        "question query=caching | difficulty=0",
    ),
    (
        "/question query: caching difficulty: easy",
        "question query=caching | difficulty=0",
    ),
    ("/question why http://x", "question query=why http://x"),
    ("/question http://x:80/y", "question query=http://x:80/y"),
    ("/question C: drive", "question query=C: drive"),
    ("/question std::vector", "question query=std::vector"),
    (
        "/question query:std::vector and a::b",
        "question query=std::vector and a::b",
    ),
    (
        "/question query:cache stampede: why",
        "question query=cache stampede: why",
    ),
    (
        "/question cache stampede: why",
        "question query=cache stampede: why",
    ),
    ("/question query:nonsense:1", "question query=nonsense:1"),
    ("/question query: nonsense:1", "question query=nonsense:1"),
    (
        "/question query:port localhost:8080 is taken",
        "question query=port localhost:8080 is taken",
    ),
    (
        "/question query:what is a query: and why",
        "question query=what is a query: and why",
    ),
    (
        "/question query:kafka topic: what for",
        "question query=kafka topic: what for",
    ),
    (
        "/question difficulty:easy query:http://x",
        "question difficulty=0 | query=http://x",
    ),
    ("/quiz count:+5", "quiz count=5"),
    ("/stats ben", "stats member=ben"),
    ("/schedule  preview", "schedule preview"),
    ("/Schedule LIST", "schedule list"),
    ("/topics", "topics"),
    (
        "/schedule skip date:24 Dec until:26 Dec",
        "schedule skip date=24 Dec | until=26 Dec",
    ),
    (
        "/schedule set channel:#daily time: 09:30 zone:UTC",
        "schedule set channel=daily | time=09:30 | zone=UTC",
    ),
    (
        "/schedule set time:9:30 days:mon-fri",
        "schedule set time=9:30 | days=mon-fri",
    ),
];

/// Commands that are not, and what is said.
const REFUSED: &[(&str, &str)] = &[
    (
        "/question nonsense:1",
        "/question has no option “nonsense”; it has: query, difficulty. If it is text, write query: in front of it.",
    ),
    (
        "/question nonsense: 1",
        "/question has no option “nonsense”; it has: query, difficulty. If it is text, write query: in front of it.",
    ),
    (
        "/question nonsense:",
        "/question has no option “nonsense”; it has: query, difficulty. If it is text, write query: in front of it.",
    ),
    (
        "/question aa:1 bb:2",
        "/question has no option “aa”; it has: query, difficulty. If it is text, write query: in front of it.",
    ),
    (
        "/question query:caching dificulty:easy",
        "/question has no option “dificulty”; did you mean difficulty? It has: query, difficulty.",
    ),
    (
        "/question caching dificulty:easy",
        "/question has no option “dificulty”; did you mean difficulty? It has: query, difficulty. If it is text, write query: in front of it.",
    ),
    (
        "/question Dificulty: easy",
        "/question has no option “Dificulty”; did you mean difficulty? It has: query, difficulty. If it is text, write query: in front of it.",
    ),
    (
        "/question query:caching count:5",
        "/question has no option “count”; it has: query, difficulty.",
    ),
    (
        "/question difficulty:easy nonsense:1",
        "/question has no option “nonsense”; it has: query, difficulty.",
    ),
    ("/question query:a query:b", "query is given twice."),
    (
        "/question difficulty:easy difficulty: hard",
        "difficulty is given twice.",
    ),
    (
        "/question caching query:sql",
        "“caching” belongs to no option.",
    ),
    (
        "/question difficulty:soft",
        "difficulty: choose one of easy, medium, hard.",
    ),
    (
        "/leaderboard period:all topics:caching",
        "/leaderboard has no option “topics”; did you mean topic? It has: period, topic, page.",
    ),
    (
        "/leaderboard period:year",
        "period: choose one of week, month, all.",
    ),
    (
        "/schedule pause channel:#daily",
        "/schedule pause has no option “channel”; it has: schedule. If it is text, write schedule: in front of it.",
    ),
    (
        "/schedule pause schedule:x channel:#daily",
        "/schedule pause has no option “channel”; it has: schedule.",
    ),
    ("/schedule skip until:26 Dec", "date is required."),
    (
        "/daily queue shedule:x",
        "/daily queue has no option “shedule”; did you mean schedule? It has: question, schedule. If it is text, write question: in front of it.",
    ),
    ("/quiz count:21", "count: at most 20."),
    ("/quiz count:0", "count: at least 1."),
    ("/quiz count:many", "count: a whole number."),
    ("/quiz count:2.5", "count: a whole number."),
    ("/quiz count:1e1", "count: a whole number."),
    (
        "/quiz count:5 page:1",
        "/quiz has no option “page”; it has: topic, count, difficulty.",
    ),
    (
        "/stats foo:1",
        "/stats has no option “foo”; it has: member.",
    ),
    ("/topics foo:1", "/topics takes no options."),
    ("/topics foo", "/topics takes no options."),
    (
        "/schedule",
        "/schedule needs one of: list, pause, preview, remove, resume, set, skip, unskip.",
    ),
    (
        "/schedule foo",
        "/schedule has no “foo”; it has: list, pause, preview, remove, resume, set, skip, unskip.",
    ),
    (
        "/schedule pase",
        "/schedule has no “pase”; did you mean pause? It has: list, pause, preview, remove, resume, set, skip, unskip.",
    ),
    ("/daily", "/daily needs one of: post, queue, replace, skip."),
    (
        "/privacy expor",
        "/privacy has no “expor”; did you mean export? It has: delete, export.",
    ),
    (
        "/qestion caching",
        "There is no command “/qestion”; did you mean /question?",
    ),
    (
        "/nonsense",
        "There is no command “/nonsense”. Type / to see them.",
    ),
];

#[tokio::test]
async fn options_are_told_from_texts_with_colons() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let room = Room::open().await;
    let page = browser.window(&room.sandbox.url()).await;
    page.until("document.querySelector('#app:not([aria-busy])')")
        .await;

    reads_as(&page, SENT).await;
    reads_as(&page, REFUSED).await;
    page.is_well();
    browser.close().await;
    room.close().await;
}

#[tokio::test]
async fn subcommands_are_offered_and_what_is_for_admins_says_so() {
    let Some(browser) = Browser::open().await else {
        return;
    };
    let room = Room::open().await;
    let page = browser.window(&room.sandbox.url()).await;

    page.say("/schedule").await;
    page.reads("/schedule needs one of: list, pause,").await;
    page.until("document.querySelectorAll('#suggestions [role=option]').length === 8")
        .await;
    page.picture("subcommands").await;
    page.keys(&["ArrowDown", "ArrowUp", "Enter"]).await;
    page.until("document.activeElement.value === '/schedule list '")
        .await;
    page.keys(&["Enter"]).await;
    page.until("document.querySelector('#log .message .embed')")
        .await;

    // What is typed before it is known which commands there are for him waits for that.
    page.run(
        "const { fetch } = window;
        window.fetch = async (to, ...rest) => {
            if (`${to}`.includes('/page/commands')) await new Promise((go) => setTimeout(go, 300));
            return fetch(to, ...rest);
        };",
    )
    .await;
    page.press("radio", "Ben").await;
    page.until("document.title.includes('Ben')").await;
    for line in ["/schedule", "/schedule list", "/daily post"] {
        page.say(line).await;
        let command = line.split(' ').next().unwrap_or_default();
        page.reads(&format!(
            "Only members with the permission Manage Server can use {command} here, such as Ana."
        ))
        .await;
    }
    page.press("link", "Greenroom").await;
    page.reads("What you two say here, nobody else sees.").await;
    // What is no command here is said to the bot, as on Discord, and answered in words.
    page.say("/schedule list").await;
    page.reads("I only work in servers.").await;
    page.is_well();
    browser.close().await;
    room.close().await;
}
