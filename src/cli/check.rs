//! `greenroom check`: every fault of the configuration and the question files.

use greenroom::app::Library;
use greenroom::app::schedule::ScheduleRequest;
use greenroom::bank::Bank;
use greenroom::config::{Config, DeclaredSchedule};

use super::Overrides;

/// Tells every fault, or how much there is to ask.
pub fn check(overrides: &Overrides) -> anyhow::Result<()> {
    let config = overrides.config();
    // A broken configuration must not hide broken questions.
    let folder = match (&overrides.questions, &config) {
        (Some(folder), _) => folder.clone(),
        (None, Ok(config)) => config.questions.clone(),
        (None, Err(_)) => Config::default().questions,
    };
    let bank = Bank::load(&folder);
    let mut faults = Vec::new();
    if let Err(error) = &config {
        faults.push(error.to_string());
    }
    if let Err(error) = &bank {
        faults.push(error.to_string());
    }
    if let (Ok(config), Ok(bank)) = (config, bank) {
        let counts = counts(&bank);
        let library = Library::new(bank)?;
        faults.extend(config.schedules.iter().filter_map(|schedule| {
            let read = library.read_request(request(schedule));
            read.err()
                .map(|error| format!("schedule at line {}: {error}", schedule.line))
        }));
        if faults.is_empty() {
            println!("{counts}: no fault found");
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(anyhow::anyhow!(faults.join("\n")))
    }
}

fn counts(bank: &Bank) -> String {
    let quizzes: usize = bank
        .questions()
        .iter()
        .map(|question| question.quizzes.len())
        .sum();
    format!(
        "{} topics, {} questions, {quizzes} quizzes",
        bank.topics().len(),
        bank.questions().len()
    )
}

/// A declared schedule as a host would type it.
pub fn request(schedule: &DeclaredSchedule) -> ScheduleRequest {
    ScheduleRequest {
        name: schedule.name.clone(),
        channel: schedule.channel.as_str().into(),
        time: schedule.time.clone(),
        zone: schedule.zone.clone(),
        weekdays: schedule.weekdays.clone(),
        topics: Some(schedule.topics.join(",")),
        reveal: schedule.reveal.clone(),
        discuss: schedule.discuss,
    }
}
