//! Text, files and embeds.

use super::*;

#[test]
fn text_and_files() {
    let mentions = |users: usize| json!({ "parse": [], "users": times(users, |n| json!((n + 1).to_string())) });
    check(
        in_message,
        &[
            (
                json!({ "content": x(2_000), "nonce": x(25), "allowed_mentions": mentions(100) }),
                &[],
            ),
            (json!({ "content": "é".repeat(2_000) }), &[]),
            (
                json!({ "content": x(2_001) }),
                &["content BASE_TYPE_MAX_LENGTH"],
            ),
            (json!({ "content": 7 }), &["content STRING_TYPE_CONVERT"]),
            (json!({ "nonce": x(26) }), &["nonce BASE_TYPE_MAX_LENGTH"]),
            (
                json!({ "allowed_mentions": mentions(101) }),
                &["allowed_mentions.users BASE_TYPE_MAX_LENGTH"],
            ),
            (
                json!({ "allowed_mentions": { "parse": ["users"], "users": ["1"] } }),
                &["allowed_mentions MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE"],
            ),
            (json!({ "embeds": "none" }), &["embeds LIST_TYPE_CONVERT"]),
            (
                json!({ "attachments": [{ "id": 0, "description": x(1_025), "filename": x(1_025) }] }),
                &[
                    "attachments.0.description BASE_TYPE_MAX_LENGTH",
                    "attachments.0.filename BASE_TYPE_MAX_LENGTH",
                ],
            ),
        ],
    );
    let kept = |count| json!({ "attachments": times(count, |n| json!({ "id": n })) });
    assert_eq!(with_files(&kept(10), 10), [""; 0]);
    assert_eq!(
        with_files(&json!({}), 11),
        ["attachments BASE_TYPE_MAX_LENGTH"]
    );
    let older = json!({ "attachments": [{ "id": "900" }] });
    assert_eq!(with_files(&older, 10), ["attachments BASE_TYPE_MAX_LENGTH"]);
}

#[test]
fn embeds() {
    let one = |embed: Value| json!({ "embeds": [embed] });
    let field = |name: usize, value: usize| json!({ "name": x(name), "value": x(value) });
    let far = format!("https://example.org/{}", x(2_048));
    check(
        in_message,
        &[
            (
                one(json!({
                    "title": x(256), "color": 0xff_ff_ff, "timestamp": "2026-03-04T08:00:00Z",
                    "author": { "name": x(256), "icon_url": "attachment://a.png" },
                    "footer": { "text": x(2_048) }, "fields": times(25, |_| field(1, 1)),
                })),
                &[],
            ),
            (
                one(json!({ "description": x(4_096), "fields": [field(256, 1_024)] })),
                &[],
            ),
            (
                json!({ "embeds": times(10, |_| json!({ "title": "a" })) }),
                &[],
            ),
            (
                json!({ "embeds": times(11, |_| json!({ "title": "a" })) }),
                &["embeds BASE_TYPE_MAX_LENGTH"],
            ),
            (one(json!({})), &["embeds.0.description BASE_TYPE_REQUIRED"]),
            (
                one(json!({ "title": x(257) })),
                &["embeds.0.title BASE_TYPE_MAX_LENGTH"],
            ),
            (
                one(json!({ "description": x(4_097) })),
                &["embeds.0.description BASE_TYPE_MAX_LENGTH"],
            ),
            (
                one(json!({ "footer": { "text": x(2_049) } })),
                &["embeds.0.footer.text BASE_TYPE_MAX_LENGTH"],
            ),
            (
                one(json!({ "author": { "name": x(257) } })),
                &["embeds.0.author.name BASE_TYPE_MAX_LENGTH"],
            ),
            (
                one(json!({ "fields": times(26, |_| field(1, 1)) })),
                &["embeds.0.fields BASE_TYPE_MAX_LENGTH"],
            ),
            (
                one(json!({ "fields": [field(1, 1), field(257, 1_025), field(0, 1)] })),
                &[
                    "embeds.0.fields.1.name BASE_TYPE_MAX_LENGTH",
                    "embeds.0.fields.1.value BASE_TYPE_MAX_LENGTH",
                    "embeds.0.fields.2.name BASE_TYPE_REQUIRED",
                ],
            ),
            (
                one(json!({ "title": "a", "color": 1 << 24 })),
                &["embeds.0.color NUMBER_TYPE_MAX"],
            ),
            (
                one(json!({ "title": "a", "timestamp": "tomorrow" })),
                &["embeds.0.timestamp DATETIME_TYPE_PARSE"],
            ),
            (
                one(json!({
                    "url": "javascript:alert(1)", "image": { "url": "here" }, "thumbnail": { "url": far },
                    "author": { "name": "a", "url": "a", "icon_url": "b" },
                    "footer": { "text": "a", "icon_url": "c" },
                })),
                &[
                    "embeds.0.author.icon_url URL_TYPE_INVALID_URL",
                    "embeds.0.author.url URL_TYPE_INVALID_URL",
                    "embeds.0.footer.icon_url URL_TYPE_INVALID_URL",
                    "embeds.0.image.url URL_TYPE_INVALID_URL",
                    "embeds.0.thumbnail.url BASE_TYPE_MAX_LENGTH",
                    "embeds.0.url URL_TYPE_INVALID_URL",
                ],
            ),
            (
                json!({ "embeds": [{ "description": x(4_000) }, { "description": x(2_001) }] }),
                &["embeds MAX_EMBED_SIZE_EXCEEDED"],
            ),
        ],
    );
}
