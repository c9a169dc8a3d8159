//! The settings in force: those of the configuration, unless the command line overrides them.

use std::path::PathBuf;

use greenroom::config::{Config, ConfigFaults};

/// Options that override the configuration.
#[derive(clap::Args)]
pub(super) struct Overrides {
    /// The configuration; config.toml when there is one
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder of question files, instead of the configuration's
    #[arg(long, global = true, value_name = "FOLDER")]
    questions: Option<PathBuf>,
    /// The database, instead of the configuration's
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) database: Option<PathBuf>,
}

impl Overrides {
    /// The settings in force.
    pub(super) fn config(&self) -> anyhow::Result<Config> {
        let (config, faults) = self.read()?;
        anyhow::ensure!(faults.0.is_empty(), faults);
        Ok(config)
    }

    /// The settings in force as far as they could be read, and what is wrong with them.
    ///
    /// # Errors
    /// When the configuration can't be read at all.
    pub(super) fn read(&self) -> Result<(Config, ConfigFaults), ConfigFaults> {
        let usual = PathBuf::from("config.toml");
        let file = self
            .config
            .clone()
            .or_else(|| usual.exists().then_some(usual));
        let (mut config, faults) = match file {
            Some(file) => Config::read(&file)?,
            None => (Config::default(), ConfigFaults::default()),
        };
        if let Some(questions) = &self.questions {
            config.questions = Some(questions.clone());
        }
        if let Some(database) = &self.database {
            config.database.clone_from(database);
        }
        Ok((config, faults))
    }
}
