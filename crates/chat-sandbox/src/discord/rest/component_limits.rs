//! The limits of components.

use std::collections::HashSet;

use serde_json::Value;
use twilight_model::channel::message::component::Component;
use twilight_validate::component as limit;

use super::{
    control_limits,
    error::Faults,
    fields::{list, read},
    layout_limits,
};

/// Reads the components of a message at `path`; `v2` when the message is made of nothing else.
pub(super) fn components(
    data: &Value,
    path: &str,
    v2: bool,
    faults: &mut Faults,
) -> Option<Vec<Component>> {
    let list = list(data.get("components")?, path, faults);
    if !v2 && list.len() > limit::COMPONENT_COUNT {
        faults.too_long(path, limit::COMPONENT_COUNT);
    }
    let mut components = Vec::new();
    let mut seen = HashSet::new();
    for (index, value) in list.into_iter().enumerate() {
        let path = format!("{path}.{index}");
        let Some(component) = read::<Component>(value, &path, faults) else {
            continue;
        };
        match &component {
            Component::ActionRow(row) => {
                control_limits::row(&row.components, &path, &mut seen, faults)
            }
            other if v2 => layout_limits::component(other, &path, &mut seen, faults),
            _ => faults.not_among(format!("{path}.type"), "1"),
        }
        components.push(component);
    }
    if v2 {
        layout_limits::whole(&components, path, faults);
    }
    Some(components)
}
