//! Faults on demand, as they befall requests.

use std::{convert::Infallible, time::Duration};

use axum::{
    body::{Body, Bytes},
    extract::ConnectInfo,
    http::{HeaderValue, Method, StatusCode, header, request::Parts},
    response::{Html, IntoResponse, Response},
};
use futures_util::{Stream, stream};
use tokio::time;

use super::{error::Error, rates::Counted};
use crate::{
    line::Line,
    world::{Odd, RequestRecord, RestFailure, World},
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
            Some(RestFailure::Odd(odd)) => {
                world.lock().record(record.clone());
                self.odd(odd)
            }
        }
    }

    fn odd(&self, odd: Odd) -> Response {
        let mut response = match odd {
            Odd::Limit {
                header,
                json,
                global,
            } => limit(header, json, global),
            Odd::Body { status, kind, text } => {
                let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
                (status, [(header::CONTENT_TYPE, kind)], text).into_response()
            }
            Odd::Endless => {
                let chunk = Bytes::from(vec![b'['; 1 << 16]);
                endless(stream::repeat(Ok(chunk)))
            }
            Odd::Slow => endless(stream::unfold((), async |()| {
                time::sleep(Duration::from_millis(50)).await;
                Some((Ok(Bytes::from_static(b" ")), ()))
            })),
            Odd::Redirect(to) => {
                (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to)]).into_response()
            }
            Odd::EndlessHeader => {
                if let Some(line) = &self.line {
                    line.flood();
                }
                nothing()
            }
        };
        response.extensions_mut().insert(Unanswered);
        response
    }

    /// Breaks the connection, so that the response never leaves.
    fn cut(&self, response: Response) -> Response {
        if let Some(line) = &self.line {
            line.cut();
        }
        response
    }
}

fn limit(header: Option<&'static str>, json: Option<&'static str>, global: bool) -> Response {
    let wait = json.map_or_else(String::new, |json| format!("\"retry_after\": {json}, "));
    let body =
        format!("{{{wait}\"message\": \"You are being rate limited.\", \"global\": {global}}}");
    let kind = [(header::CONTENT_TYPE, "application/json")];
    let mut response = (StatusCode::TOO_MANY_REQUESTS, kind, body).into_response();
    if let Some(header) = header {
        let value = HeaderValue::from_static(header);
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    if global {
        let global = HeaderValue::from_static("true");
        response.headers_mut().insert("x-ratelimit-global", global);
    }
    response
}

fn endless(body: impl Stream<Item = Result<Bytes, Infallible>> + Send + 'static) -> Response {
    let kind = [(header::CONTENT_TYPE, "application/json")];
    (kind, Body::from_stream(body)).into_response()
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
