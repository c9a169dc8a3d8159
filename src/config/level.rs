//! Which events are logged, as it is written in the settings.

/// The levels there are, the least talkative first.
const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

/// Whether each part is a level, or a module and a level. The library that reads it takes any other
/// word for a module, and logs nothing else then.
pub(super) fn understood(level: &str) -> Result<(), String> {
    for part in level.split(',').map(str::trim) {
        let (module, named) = match part.rsplit_once('=') {
            Some((module, named)) => (Some(module.trim()), named.trim()),
            None => (None, part),
        };
        let is_level = LEVELS.iter().any(|known| known.eq_ignore_ascii_case(named));
        let is_module = module.is_none_or(|name| {
            let letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ':' | '-');
            !name.is_empty() && name.chars().all(letter)
        });
        if !is_level || !is_module {
            return Err(wrong(part, named));
        }
    }
    Ok(())
}

fn wrong(part: &str, named: &str) -> String {
    let levels = LEVELS.join(", ");
    let near = LEVELS
        .iter()
        .map(|known| {
            (
                strsim::damerau_levenshtein(&named.to_lowercase(), known),
                known,
            )
        })
        .min()
        .filter(|(distance, known)| *distance <= 2 || named.to_lowercase().starts_with(**known));
    let hint = near
        .map(|(_, near)| format!(": did you mean `{near}`?"))
        .unwrap_or_else(|| ".".to_owned());
    format!(
        "has {part:?}, which is not a level{hint} Write one of {levels}; or by module, as in \"info,greenroom::discord=debug\""
    )
}
