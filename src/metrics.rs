//! What is counted and timed, for Prometheus: one set a process. Labels are of few values, each
//! known beforehand: never the id of a server, channel or member.

use std::borrow::Cow;
use std::sync::LazyLock;
use std::time::Duration;

use chrono::{NaiveDate, NaiveTime, Utc};
use prometheus_client::encoding::text;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Metric, Registry, Unit};

/// The media type of [`text`]: <https://prometheus.io/docs/specs/om/open_metrics_spec/>.
pub const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Upper bounds, in seconds. Discord gives up after three.
const SECONDS: [f64; 12] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0, 10.0,
];

type Label<V> = (&'static str, V);
/// A command's name is text only because the library's may be; each is one of ours.
type Command = Label<Cow<'static, str>>;

/// What became of an interaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The member has the answer.
    Answered,
    /// The member reads what to do instead.
    Refused,
    /// The member reads an id that is in the log.
    Failed,
    /// Discord did not take the answer.
    Unanswered,
}

impl Outcome {
    const ALL: [Self; 4] = [
        Self::Answered,
        Self::Refused,
        Self::Failed,
        Self::Unanswered,
    ];

    /// Its name, as a label and in the log.
    pub fn name(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Unanswered => "unanswered",
        }
    }
}

/// What happens to dailies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Daily {
    /// It was due, and a question was chosen.
    Due,
    /// Its message is there.
    Posted,
    /// As before, and over a minute late.
    Late,
    /// A try to post it came to nothing.
    Failed,
    /// Its date stays without one.
    Missed,
}

impl Daily {
    const ALL: [Self; 5] = [
        Self::Due,
        Self::Posted,
        Self::Late,
        Self::Failed,
        Self::Missed,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Posted => "posted",
            Self::Late => "late",
            Self::Failed => "failed",
            Self::Missed => "missed",
        }
    }
}

/// The connection to a platform at an instant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gateway {
    /// How many shards there are; on Slack, workspaces.
    pub shards: usize,
    /// How many of them are connected.
    pub connected: usize,
    /// The longest time from a heartbeat to its acknowledgement.
    pub latency: Option<Duration>,
}

/// An interaction came to its end, `took` after it arrived.
pub fn interaction(command: Cow<'static, str>, outcome: Outcome, took: Duration) {
    let command = ("command", command);
    // Each is there from the first on, at zero, so that the next of any is an increase.
    for each in Outcome::ALL {
        let labels = [command.clone(), ("outcome", each.name().into())];
        let count = METRICS.interactions.get_or_create(&labels);
        count.inc_by(u64::from(each == outcome));
    }
    let seconds = METRICS.interaction_seconds.get_or_create(&[command]);
    seconds.observe(took.as_secs_f64());
}

/// An answer was not there in time and was deferred.
pub fn deferred() {
    METRICS.deferred.inc();
}

/// Completions were offered for what a member typed so far.
pub fn completed() {
    METRICS.completions.inc();
}

/// A write waits for its turn.
pub fn write_waits() {
    METRICS.writes_waiting.inc();
}

/// A write's turn has come.
pub fn write_begins() {
    METRICS.writes_waiting.dec();
}

/// A transaction of so many writes took `took` until it was on disk, or was not `committed`.
pub fn transaction(writes: usize, committed: bool, took: Duration) {
    if committed {
        METRICS.writes.inc_by(writes as u64);
    } else {
        METRICS.commits_failed.inc();
    }
    METRICS.commit_seconds.observe(took.as_secs_f64());
}

/// Something happened to a daily.
pub fn daily(what: Daily) {
    METRICS
        .dailies
        .get_or_create(&[("event", what.name())])
        .inc();
}

/// How many dailies wait to be posted on a platform.
pub fn dailies_waiting(platform: &'static str, count: usize) {
    let label = [("platform", platform)];
    METRICS
        .dailies_waiting
        .get_or_create(&label)
        .set(count as i64);
}

/// Something came to where Slack sends its requests that Slack did not sign.
pub fn request_refused() {
    METRICS.requests_refused.inc();
}

/// A platform sent something that could not be read.
pub fn unread(platform: &'static str) {
    METRICS
        .unread
        .get_or_create(&[("platform", platform)])
        .inc();
}

/// Discord had a request wait.
pub fn rate_limited(wait: Duration) {
    METRICS.rate_limit_seconds.observe(wait.as_secs_f64());
}

/// There is a backup of this date.
pub fn backed_up(date: NaiveDate) {
    let since = date.and_time(NaiveTime::MIN).and_utc().timestamp();
    METRICS.last_backup.set(since);
}

/// A backup could not be made.
pub fn backup_failed() {
    METRICS.backups_failed.inc();
}

/// The connection to Slack is in this state.
pub fn slack(state: Gateway) {
    METRICS.workspaces.set(state.shards as i64);
    METRICS.workspaces_connected.set(state.connected as i64);
    if let Some(latency) = state.latency {
        METRICS.slack_ping_seconds.set(latency.as_secs_f64());
    }
}

/// The connection to Discord is in this state.
pub fn gateway(state: Gateway) {
    METRICS.shards.set(state.shards as i64);
    METRICS.shards_connected.set(state.connected as i64);
    if let Some(latency) = state.latency {
        METRICS.heartbeat_seconds.set(latency.as_secs_f64());
    }
}

/// Everything, in Prometheus' text format.
pub fn text() -> String {
    let mut told = String::new();
    // Writing to a String cannot fail.
    let _ = text::encode(&mut told, &METRICS.registry);
    told
}

static METRICS: LazyLock<Metrics> = LazyLock::new(Metrics::new);

struct Metrics {
    registry: Registry,
    interactions: Family<[Command; 2], Counter>,
    interaction_seconds: Family<[Command; 1], Histogram>,
    deferred: Counter,
    completions: Counter,
    writes_waiting: Gauge,
    writes: Counter,
    commit_seconds: Histogram,
    commits_failed: Counter,
    dailies: Family<[Label<&'static str>; 1], Counter>,
    dailies_waiting: Family<[Label<&'static str>; 1], Gauge>,
    requests_refused: Counter,
    unread: Family<[Label<&'static str>; 1], Counter>,
    rate_limit_seconds: Histogram,
    last_backup: Gauge,
    backups_failed: Counter,
    shards: Gauge,
    shards_connected: Gauge,
    heartbeat_seconds: Gauge<f64, std::sync::atomic::AtomicU64>,
    workspaces: Gauge,
    workspaces_connected: Gauge,
    slack_ping_seconds: Gauge<f64, std::sync::atomic::AtomicU64>,
}

impl Metrics {
    fn new() -> Self {
        let mut all = Names(Registry::with_prefix("greenroom"));
        let version = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        all.0.register("build", "The version that runs", version);
        let started: Gauge = all.unit(
            "start_time",
            "When it was started, since 1970",
            Gauge::default(),
        );
        started.set(Utc::now().timestamp());
        let metrics = Self {
            interactions: all.plain("interactions", "Interactions by what became of them"),
            interaction_seconds: all.unit(
                "interaction",
                "From an interaction to its answer",
                Family::new_with_constructor(seconds),
            ),
            deferred: all.plain("interactions_deferred", "Answers that took over a second"),
            completions: all.plain("completions", "Completions offered while members typed"),
            writes_waiting: all.plain("writes_waiting", "Writes that wait for the database"),
            writes: all.plain("writes", "Writes that are on disk"),
            commit_seconds: all.unit(
                "commit",
                "From a transaction's begin to the disk",
                seconds(),
            ),
            commits_failed: all.plain("commits_failed", "Transactions that came to nothing"),
            dailies: all.plain("dailies", "What happened to dailies"),
            dailies_waiting: all.plain("dailies_waiting", "Dailies that wait to be posted"),
            requests_refused: all.plain(
                "requests_refused",
                "What came where Slack sends its requests, and was not signed",
            ),
            unread: all.plain("events_unread", "What came in and could not be read"),
            rate_limit_seconds: all.unit(
                "rate_limit_wait",
                "Waits that Discord asked for",
                seconds(),
            ),
            last_backup: all.unit(
                "last_backup",
                "The date of the newest daily backup, since 1970",
                Gauge::default(),
            ),
            backups_failed: all.plain("backups_failed", "Daily backups that could not be made"),
            shards: all.plain("gateway_shards", "Shards of the gateway connection"),
            shards_connected: all.plain("gateway_shards_connected", "Those that are connected"),
            heartbeat_seconds: all.unit(
                "gateway_heartbeat",
                "The slowest shard's heartbeat",
                Gauge::default(),
            ),
            workspaces: all.plain("slack_workspaces", "Workspaces on Slack"),
            workspaces_connected: all.plain("slack_workspaces_connected", "Those connected"),
            slack_ping_seconds: all.unit(
                "slack_ping",
                "The slowest socket's ping",
                Gauge::default(),
            ),
            registry: all.0,
        };
        for what in Daily::ALL {
            // Zero from the start, so that the first one is an increase.
            drop(metrics.dailies.get_or_create(&[("event", what.name())]));
        }
        for platform in ["discord", "slack"] {
            drop(metrics.unread.get_or_create(&[("platform", platform)]));
        }
        metrics
    }
}

/// Where metrics get their names.
struct Names(Registry);

impl Names {
    fn plain<M: Metric + Clone + Default>(&mut self, name: &str, help: &str) -> M {
        let metric = M::default();
        self.0.register(name, help, metric.clone());
        metric
    }

    /// Of a metric in seconds.
    fn unit<M: Metric + Clone>(&mut self, name: &str, help: &str, metric: M) -> M {
        self.0
            .register_with_unit(name, help, Unit::Seconds, metric.clone());
        metric
    }
}

fn seconds() -> Histogram {
    Histogram::new(SECONDS)
}
