//! The addresses at which an interaction can be answered later: five times within thirty minutes.

use chrono::Duration;

use super::{
    response_url::{ResponseUrl, UrlRefused},
    state::State,
};
use crate::{common::secret, slack::time::Ts};

/// How often one can be used.
const USES: u8 = 5;

/// For how many minutes.
const LIFE: i64 = 30;

impl State {
    /// A new address for answers to what someone did in a channel.
    pub fn response_url(
        &mut self,
        person: &str,
        channel: &str,
        message: Option<Ts>,
        thread: Option<Ts>,
    ) -> String {
        let key = secret();
        let url = ResponseUrl {
            person: person.to_owned(),
            channel: channel.to_owned(),
            message,
            thread,
            left: USES,
            expires: self.now() + Duration::minutes(LIFE),
        };
        self.urls.insert(key.clone(), url);
        format!("http://{}/actions/{}/{key}", self.address, self.team.id)
    }

    /// Uses an address once.
    pub fn use_url(&mut self, key: &str) -> Result<ResponseUrl, UrlRefused> {
        let (now, broken) = (self.now(), self.faults.expire_urls);
        let url = self
            .urls
            .get_mut(&key.to_owned())
            .ok_or(UrlRefused::Unknown)?;
        if broken || url.expires <= now {
            return Err(UrlRefused::Expired);
        }
        url.left = url.left.checked_sub(1).ok_or(UrlRefused::Used)?;
        Ok(url.clone())
    }
}
