//! What someone does with the app: commands, buttons, selects and shortcuts.

use serde_json::{Value, json};

use super::{
    elements::{Element, element_called, option_called},
    limits,
    payloads::{Surface, held},
    view::MessageView,
    who::Person,
    words::escaped,
};
use crate::slack::{
    blocks,
    failure::Failure,
    world::{Asked, State},
};

impl Person {
    /// Uses a slash command in a channel, such as `/echo hello`. Whatever it shows is among the
    /// [messages](Person::messages).
    ///
    /// # Errors
    /// When there is no such command, or the app did not acknowledge it.
    pub async fn slash(&self, channel: &str, line: &str) -> Result<(), Failure> {
        let channel = self.open_channel(channel)?;
        let (name, text) = line.split_once(' ').unwrap_or((line, ""));
        let payload = {
            let mut state = self.world.lock();
            let seed = &state.app.seed;
            let known = seed.commands.iter().find(|command| command.name == name);
            let any = seed.any_command && seed.commands.is_empty() && name.starts_with('/');
            if !(known.is_some() || any) || !state.app.has_scope("commands") {
                return Err(Failure::refused(format!("{name} is not a valid command")));
            }
            let text = match known {
                Some(command) if command.escape => state.with_mentions(text.trim()),
                _ => text.trim().to_owned(),
            };
            state.command(&self.id, &channel, name, &text)
        };
        let person = self.id.clone();
        let asked = Asked::Command { person, channel };
        self.ask(payload, asked).await.map(drop)
    }

    /// Presses a button of a message, by what is written on it or by its `action_id`.
    ///
    /// # Errors
    /// When there is none, or the app did not acknowledge it.
    pub async fn click(&self, message: &MessageView, button: &str) -> Result<(), Failure> {
        let element = self.element(message, button)?;
        if !element.is_button() {
            return Err(Failure::refused(format!("{button:?} is no button")));
        }
        self.used(&Surface::of(message), &element, Value::Null)
            .await
    }

    /// Chooses in a select, menu or group of a message: options by their texts or values, or what a picker is set to.
    /// Of a select whose options the app offers, those are asked for that each of `options` finds.
    ///
    /// # Errors
    /// When there is no such select or option, or the app did not acknowledge it.
    pub async fn select(
        &self,
        message: &MessageView,
        select: &str,
        options: &[&str],
    ) -> Result<(), Failure> {
        let element = self.element(message, select)?;
        let surface = Surface::of(message);
        let value = self
            .value_of(&surface, &element, &options.join("\n"))
            .await?;
        self.used(&surface, &element, value).await
    }

    /// The texts of the options that the app offers in a select of a message while someone types.
    ///
    /// # Errors
    /// When there is no such select, or the app offers nothing that makes sense.
    pub async fn offered(
        &self,
        message: &MessageView,
        select: &str,
        typed: &str,
    ) -> Result<Vec<String>, Failure> {
        let element = self.element(message, select)?;
        let options = self
            .suggested(&Surface::of(message), &element, typed)
            .await?;
        Ok(texts(&options))
    }

    /// Uses a shortcut that belongs to no message, by its name.
    ///
    /// # Errors
    /// When there is none, or the app did not acknowledge it.
    pub async fn shortcut(&self, name: &str) -> Result<(), Failure> {
        let callback = self.callback(name, false)?;
        let payload = self.world.lock().shortcut(&self.id, &callback, None);
        self.ask(payload, Asked::Other).await.map(drop)
    }

    /// Uses a shortcut on a message, by its name.
    ///
    /// # Errors
    /// When there is none, nobody else sees the message, or the app did not acknowledge it.
    pub async fn use_on_message(&self, message: &MessageView, name: &str) -> Result<(), Failure> {
        if message.ephemeral {
            return Err(Failure::refused("an ephemeral message has no shortcuts"));
        }
        let callback = self.callback(name, true)?;
        let payload = {
            let mut state = self.world.lock();
            state.shortcut(&self.id, &callback, Some((&message.channel, message.at)))
        };
        self.ask(payload, Asked::Other).await.map(drop)
    }

    fn callback(&self, name: &str, on_message: bool) -> Result<String, Failure> {
        let state = self.world.lock();
        let mut all = state.app.seed.shortcuts.iter();
        let known = all.find(|known| known.on_message == on_message && known.name == name);
        let known = known.filter(|_| state.app.has_scope("commands"));
        let callback = known.map(|known| known.callback_id.clone());
        callback.ok_or_else(|| Failure::refused(format!("there is no shortcut {name:?}")))
    }

    /// An element of a message as it is now.
    fn element(&self, message: &MessageView, name: &str) -> Result<Element, Failure> {
        let message = self.again(message);
        let message = message.ok_or_else(|| Failure::refused("the message is gone"))?;
        element_called(&message.blocks, name)
    }

    /// Tells the app that an element was used.
    pub(super) async fn used(
        &self,
        surface: &Surface,
        element: &Element,
        value: Value,
    ) -> Result<(), Failure> {
        let payload = {
            let mut state = self.world.lock();
            state.pressed(&self.id, surface, element, &held(element, value))
        };
        self.ask(payload, Asked::Other).await.map(drop)
    }

    /// The options that an element has, or that the app offers for what was typed.
    pub(super) async fn suggested(
        &self,
        surface: &Surface,
        element: &Element,
        typed: &str,
    ) -> Result<Vec<Value>, Failure> {
        if !element.kind.ends_with("external_select") {
            return Ok(element.options());
        }
        let least = element.value["min_query_length"].as_u64().unwrap_or(3);
        if (typed.chars().count() as u64) < least {
            return Err(Failure::refused(format!(
                "{least} characters have to be typed first"
            )));
        }
        let payload = self
            .world
            .lock()
            .suggestion(&self.id, surface, element, typed);
        let answer = self.ask(payload, Asked::Suggestion).await?;
        if let Some(fault) = blocks::option_faults(&answer).into_iter().next() {
            let mut state = self.world.lock();
            state.problem(format!("options could not be shown: {fault}"));
            return Err(Failure::Unusable(fault));
        }
        let offered = Element {
            value: answer,
            ..element.clone()
        };
        Ok(offered.options())
    }

    /// What an element holds once that was chosen or typed in it. Several of a group stand on lines of their own; a
    /// field that nothing is typed in is empty.
    pub(super) async fn value_of(
        &self,
        surface: &Surface,
        element: &Element,
        text: &str,
    ) -> Result<Value, Failure> {
        if text.is_empty() && element.kind.ends_with("_input") {
            return Ok(Value::Null);
        }
        let value = self.read_value(surface, element, text).await?;
        match limits::refusal(element, &value) {
            None => Ok(value),
            Some(why) => Err(Failure::Refused(why)),
        }
    }

    async fn read_value(
        &self,
        surface: &Surface,
        element: &Element,
        text: &str,
    ) -> Result<Value, Failure> {
        let none = || Failure::refused(format!("there is no option {text:?}"));
        match element.kind.as_str() {
            "static_select" | "external_select" | "radio_buttons" | "overflow" => {
                let options = self.suggested(surface, element, text).await?;
                option_called(&options, text).ok_or_else(none)
            }
            "checkboxes" | "multi_static_select" | "multi_external_select" => {
                let mut chosen = Vec::new();
                for text in text.lines() {
                    let options = self.suggested(surface, element, text).await?;
                    chosen.push(option_called(&options, text).ok_or_else(none)?);
                }
                Ok(Value::Array(chosen))
            }
            "datetimepicker" => text.parse::<i64>().map(Value::from).map_err(|_| none()),
            kind if kind.starts_with("multi_") => {
                let state = self.world.lock();
                let ids: Option<Vec<String>> = text
                    .lines()
                    .map(|name| state.id_called(kind, name))
                    .collect();
                Ok(json!(ids.ok_or_else(none)?))
            }
            kind => {
                let id = self.world.lock().id_called(kind, text);
                Ok(json!(id.ok_or_else(none)?))
            }
        }
    }
}

/// The texts of options.
pub(super) fn texts(options: &[Value]) -> Vec<String> {
    let texts = options
        .iter()
        .filter_map(|option| option["text"]["text"].as_str());
    texts.map(str::to_owned).collect()
}

impl State {
    /// What a name stands for in that kind of element: the id of a person or channel, else itself.
    fn id_called(&self, kind: &str, name: &str) -> Option<String> {
        if kind.ends_with("users_select") {
            return self.user_named(name).map(|user| user.id.clone());
        }
        if kind.ends_with("conversations_select") || kind.ends_with("channels_select") {
            return self.channel_named(name).map(|channel| channel.id.clone());
        }
        Some(name.to_owned())
    }

    /// The text of a command with `@name` and `#name` as Slack writes them where a command asks for that.
    fn with_mentions(&self, text: &str) -> String {
        let words = text.split(' ').map(|word| {
            if let Some(user) = word
                .strip_prefix('@')
                .and_then(|name| self.user_named(name))
            {
                return format!("<@{}|{}>", user.id, user.name);
            }
            let channel = word
                .strip_prefix('#')
                .and_then(|name| self.channel_named(name));
            channel.map_or_else(
                || escaped(word),
                |channel| format!("<#{}|{}>", channel.id, channel.name),
            )
        });
        words.collect::<Vec<_>>().join(" ")
    }
}
