//! What is pressed and chosen from on a card.

use std::collections::HashSet;

use slack_morphism::prelude::*;

use crate::app::card::{Button, Card, LABEL, OPTIONS, Select, Style, cut};

/// The longest value of an option.
const VALUE: usize = 150;

/// A text without formatting, in which colons stand for themselves.
pub(super) fn plain(text: &str) -> SlackBlockPlainTextOnly {
    SlackBlockPlainText::new(text.to_owned())
        .with_emoji(false)
        .into()
}

/// The buttons and menus of a card, a block a row, and how many characters there are in them. There are at most so many
/// in menus.
pub(super) fn rows(card: &Card, mut left: usize) -> (Vec<SlackBlock>, usize) {
    let most = left;
    let mut rows = Vec::new();
    for row in &card.buttons {
        let pressable: Vec<&Button> = row.iter().filter(|button| button.enabled).collect();
        // Slack advises against several that stand out.
        let one_stands_out = count_primary(&pressable) == 1;
        let (mut elements, mut seen) = (Vec::new(), HashSet::new());
        for pressed in pressable {
            let id = pressed.action.encode();
            // An id is of one element in each block.
            if !seen.insert(id.clone()) {
                rows.push(actions(std::mem::take(&mut elements)));
                seen = HashSet::from([id.clone()]);
            }
            left = left.saturating_sub(pressed.label.chars().count().min(LABEL));
            elements.push(button(pressed, id, one_stands_out).into());
        }
        rows.push(actions(elements));
    }
    for menu in &card.selects {
        let chosen_from = select(menu, &mut left);
        rows.push(actions(chosen_from.into_iter().map(Into::into).collect()));
    }
    (rows.into_iter().flatten().collect(), most - left)
}

fn actions(elements: Vec<SlackActionBlockElement>) -> Option<SlackBlock> {
    (!elements.is_empty()).then(|| SlackActionsBlock::new(elements).into())
}

fn count_primary(row: &[&Button]) -> usize {
    let primary = row.iter().filter(|button| button.style == Style::Primary);
    primary.count()
}

fn button(button: &Button, id: String, may_stand_out: bool) -> SlackBlockButtonElement {
    let style = match button.style {
        Style::Primary => may_stand_out.then_some(SlackBlockButtonStyle::Primary),
        Style::Secondary => None,
        Style::Danger => Some(SlackBlockButtonStyle::Danger),
    };
    SlackBlockButtonElement::new(label(&button.label))
        .with_action_id(SlackActionId(id))
        .opt_style(style)
}

fn select(menu: &Select, left: &mut usize) -> Option<SlackBlockStaticSelectElement> {
    let mut options = Vec::new();
    for option in menu.options.iter().take(OPTIONS) {
        let length = option.value.chars().count();
        let description = option.description.as_deref().filter(|it| !it.is_empty());
        let characters = |text: &str| text.chars().count().min(LABEL);
        let long = characters(&option.label) + description.map_or(0, characters);
        if length == 0 || length > VALUE || long > *left {
            continue;
        }
        *left -= long;
        options.push(
            SlackBlockChoiceItem::new(label(&option.label), option.value.clone())
                .opt_description(description.map(label)),
        );
    }
    let placeholder = label(&menu.placeholder);
    *left = left.saturating_sub(LABEL);
    (!options.is_empty()).then(|| {
        SlackBlockStaticSelectElement::new()
            .with_action_id(SlackActionId(menu.action.encode()))
            .with_placeholder(placeholder)
            .with_options(options)
    })
}

/// The text of something that is pressed or chosen. None of them can be empty.
fn label(text: &str) -> SlackBlockPlainTextOnly {
    let text = cut(text, LABEL);
    plain(match text.trim() {
        "" => "…",
        _ => &text,
    })
}
