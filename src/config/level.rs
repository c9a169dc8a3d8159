//! Which events are logged, as it is written in the settings.

/// The levels there are, the least talkative first.
pub const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

/// The libraries that are built in, ours as well: what can log.
const LOCK: &str = include_str!("../../Cargo.lock");
/// Our own modules: those of the library, and those of the program.
const OURS: [&str; 2] = [include_str!("../lib.rs"), include_str!("../main.rs")];

/// Why a level can't be followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadLevel {
    /// A part of it names no level.
    Unknown {
        /// The part.
        part: String,
        /// The level that may be meant.
        near: Option<&'static str>,
    },
    /// A part of it names what doesn't log.
    NoModule {
        /// The part.
        part: String,
        /// The name.
        name: String,
        /// The one that may be meant.
        near: Option<String>,
    },
}

/// Whether each part is a level, or a module and a level. The library that reads it takes any other
/// word for a module, and logs nothing else then.
pub(super) fn understood(level: &str) -> Result<(), BadLevel> {
    for part in level.split(',').map(str::trim) {
        let (module, named) = match part.rsplit_once('=') {
            Some((module, named)) => (Some(module.trim()), named.trim()),
            None => (None, part),
        };
        let is_level = LEVELS.iter().any(|known| known.eq_ignore_ascii_case(named));
        if !is_level {
            return Err(wrong(part, named));
        }
        module.map_or(Ok(()), |module| is_module(part, module))?;
    }
    Ok(())
}

/// Whether something that logs is called so; of our own also the module within it.
fn is_module(part: &str, module: &str) -> Result<(), BadLevel> {
    let unknown = |name: &str, known: Vec<String>| {
        let near = known
            .into_iter()
            .map(|known| {
                (
                    strsim::damerau_levenshtein(&name.to_lowercase(), &known),
                    known,
                )
            })
            .min()
            .filter(|(distance, known)| *distance <= known.len() / 3);
        Err(BadLevel::NoModule {
            part: part.to_owned(),
            name: name.to_owned(),
            near: near.map(|(_, near)| near),
        })
    };
    let (library, within) = match module.split_once("::") {
        Some((library, within)) => (library, Some(within)),
        None => (module, None),
    };
    let libraries = LOCK.lines().filter_map(|line| {
        let name = line.strip_prefix("name = \"")?.strip_suffix('"')?;
        Some(name.replace('-', "_"))
    });
    let libraries: Vec<String> = libraries.collect();
    if !libraries.iter().any(|known| known == library) {
        return unknown(library, libraries);
    }
    let Some(within) = within else {
        return Ok(());
    };
    let letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut names = within.split("::");
    if let Some(wrong) = names.find(|name| name.is_empty() || !name.chars().all(letter)) {
        return unknown(wrong, Vec::new());
    }
    let first = within.split("::").next().unwrap_or_default();
    let ours = OURS.iter().flat_map(|source| source.lines());
    let ours = ours.filter_map(|line| {
        let line = line.strip_prefix("pub ").unwrap_or(line);
        Some(line.strip_prefix("mod ")?.strip_suffix(';')?.to_owned())
    });
    let ours: Vec<String> = ours.collect();
    if library == env!("CARGO_PKG_NAME") && !ours.iter().any(|known| known == first) {
        return unknown(first, ours);
    }
    Ok(())
}

fn wrong(part: &str, named: &str) -> BadLevel {
    let named = named.to_lowercase();
    let distances = LEVELS
        .iter()
        .map(|known| (strsim::damerau_levenshtein(&named, known), *known));
    let near = distances.min();
    let near = near.filter(|(distance, known)| *distance <= 2 || named.starts_with(known));
    BadLevel::Unknown {
        part: part.to_owned(),
        near: near.map(|(_, near)| near),
    }
}
