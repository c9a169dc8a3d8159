//! Faults on demand, as they befall requests.

use axum::{
    extract::ConnectInfo,
    http::{Method, StatusCode, request::Parts},
    response::{Html, IntoResponse, Response},
};
use tokio::time;

use super::{error::Error, rates::Counted};
use crate::sandbox::{
    line::Line,
    world::{RequestRecord, RestFailure, World},
};

/// Marks what stands for an answer where none is given.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unanswered;

/// What a fault needs to know of a request.
pub(super) struct Struck {
    method: Method,
    pub(super) counted: Counted,
    line: Option<Line>,
}

impl Struck {
    pub(super) fn of(parts: &Parts) -> Self {
        let line = parts.extensions.get::<ConnectInfo<Line>>();
        Self {
            method: parts.method.clone(),
            counted: Counted::of(parts),
            line: line.map(|ConnectInfo(line)| line.clone()),
        }
    }

    /// Has a request answered, or lets go wrong with it what is to go wrong. `record` is the request
    /// without an answer; it is kept here only where there will be none.
    pub(super) async fn befall(
        &self,
        world: &World,
        record: &RequestRecord,
        answered: impl Future<Output = Response>,
    ) -> Response {
        // Waits from here on, so that faults that are cleared meanwhile are not missed.
        let cleared = world.cleared.notified();
        let failure = world.lock().strike(&self.method, &record.path);
        match failure {
            None => answered.await,
            Some(RestFailure::Status(status)) => broken(status),
            Some(RestFailure::RateLimit { after, global }) => {
                self.counted.close(world, after, global);
                answered.await
            }
            Some(RestFailure::Stall) => {
                world.lock().record(record.clone());
                cleared.await;
                self.cut(nothing())
            }
            Some(RestFailure::DropBefore) => {
                world.lock().record(record.clone());
                self.cut(nothing())
            }
            Some(RestFailure::DropAfter) => self.cut(answered.await),
            Some(RestFailure::Delay(by)) => {
                time::sleep(by).await;
                answered.await
            }
        }
    }

    /// Breaks the connection, so that the response never leaves.
    fn cut(&self, response: Response) -> Response {
        if let Some(line) = &self.line {
            line.cut();
        }
        response
    }
}

fn nothing() -> Response {
    let mut response = StatusCode::BAD_GATEWAY.into_response();
    response.extensions_mut().insert(Unanswered);
    response
}

/// 500 comes from Discord itself, in JSON; the rest come from what stands before it, in HTML.
fn broken(status: u16) -> Response {
    if status == 500 {
        return Error::internal().into_response();
    }
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    let page = format!("<html><head><title>{status}</title></head><body>{status}</body></html>");
    (status, Html(page)).into_response()
}
