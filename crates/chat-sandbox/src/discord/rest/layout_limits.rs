//! The limits of messages that are made of components alone ("Components V2").

use std::collections::HashSet;

use twilight_model::channel::message::component::{Component, MediaGallery, Section, Thumbnail};
use twilight_validate::component as limit;

use super::{
    control_limits::{button, row},
    error::Faults,
};

/// "4000 characters across all text display components".
const TEXT_LENGTH: usize = 4_000;

/// What all components of a message together may be.
pub(super) fn whole(components: &[Component], path: &str, faults: &mut Faults) {
    let count: usize = components.iter().map(Component::component_count).sum();
    if count > limit::COMPONENT_V2_COUNT {
        faults.too_long(path, limit::COMPONENT_V2_COUNT);
    }
    let text: usize = components.iter().map(length).sum();
    if text > TEXT_LENGTH {
        let message = format!("The text of all components exceeds {TEXT_LENGTH} characters");
        faults.add(path, "COMPONENT_MAX_TOTAL_TEXT_EXCEEDED", message);
    }
}

/// How much text a component shows, in characters.
fn length(component: &Component) -> usize {
    match component {
        Component::TextDisplay(text) => text.content.chars().count(),
        Component::Section(section) => section.components.iter().map(length).sum(),
        Component::Container(container) => container.components.iter().map(length).sum(),
        _ => 0,
    }
}

/// The limits of a component that stands in no row.
pub(super) fn component(
    component: &Component,
    path: &str,
    seen: &mut HashSet<String>,
    faults: &mut Faults,
) {
    match component {
        Component::Container(container) => {
            let path = format!("{path}.components");
            if container.components.is_empty() {
                faults.required(&path);
            }
            for (index, inner) in container.components.iter().enumerate() {
                let path = format!("{path}.{index}");
                if matches!(inner, Component::Container(_)) {
                    faults.not_among(format!("{path}.type"), "1, 9, 10, 12, 13, 14");
                } else {
                    self::component(inner, &path, seen, faults);
                }
            }
        }
        Component::ActionRow(inner) => row(&inner.components, path, seen, faults),
        Component::Section(inner) => section(inner, path, seen, faults),
        Component::MediaGallery(inner) => gallery(inner, path, faults),
        Component::TextDisplay(text) if text.content.is_empty() => {
            faults.required(format!("{path}.content"));
        }
        Component::TextDisplay(_) | Component::Separator(_) | Component::File(_) => {}
        _ => faults.not_among(format!("{path}.type"), "1, 9, 10, 12, 13, 14, 17"),
    }
}

fn section(section: &Section, path: &str, seen: &mut HashSet<String>, faults: &mut Faults) {
    let (least, most) = (limit::SECTION_COMPONENTS_MIN, limit::SECTION_COMPONENTS_MAX);
    let inner = format!("{path}.components");
    if !(least..=most).contains(&section.components.len()) {
        faults.bad_length(&inner, least, most);
    }
    for (index, text) in section.components.iter().enumerate() {
        let path = format!("{inner}.{index}");
        match text {
            Component::TextDisplay(_) => component(text, &path, seen, faults),
            _ => faults.not_among(format!("{path}.type"), "10"),
        }
    }
    let path = format!("{path}.accessory");
    match &*section.accessory {
        Component::Button(accessory) => button(accessory, &path, seen, faults),
        Component::Thumbnail(accessory) => thumbnail(accessory, &path, faults),
        _ => faults.not_among(format!("{path}.type"), "2, 11"),
    }
}

fn thumbnail(thumbnail: &Thumbnail, path: &str, faults: &mut Faults) {
    let description = thumbnail.description.clone().flatten().unwrap_or_default();
    if description.chars().count() > limit::THUMBNAIL_DESCRIPTION_LENGTH_MAX {
        let most = limit::THUMBNAIL_DESCRIPTION_LENGTH_MAX;
        faults.too_long(format!("{path}.description"), most);
    }
}

fn gallery(gallery: &MediaGallery, path: &str, faults: &mut Faults) {
    let path = format!("{path}.items");
    let (least, most) = (
        limit::MEDIA_GALLERY_ITEMS_MIN,
        limit::MEDIA_GALLERY_ITEMS_MAX,
    );
    if !(least..=most).contains(&gallery.items.len()) {
        faults.bad_length(&path, least, most);
    }
    for (index, item) in gallery.items.iter().enumerate() {
        let description = item.description.as_deref().unwrap_or_default();
        if description.chars().count() > limit::MEDIA_GALLERY_ITEM_DESCRIPTION_LENGTH_MAX {
            let most = limit::MEDIA_GALLERY_ITEM_DESCRIPTION_LENGTH_MAX;
            faults.too_long(format!("{path}.{index}.description"), most);
        }
    }
}
