//! What a fault does to a request.

use std::{convert::Infallible, time::Duration};

use axum::{
    body::{Body, Bytes},
    extract::ConnectInfo,
    http::{StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use futures_util::{Stream, stream};
use tokio::time;

use super::{Odd, RestFailure, line::Line};

/// Marks what stands for an answer where none is given.
#[derive(Clone, Copy, Debug)]
pub struct Unanswered;

/// A request that a fault strikes: what is the platform's own about it.
pub trait Struck {
    /// Keeps the record of a request that is never answered.
    fn record(&self);

    /// The answer of a platform with such a trouble, of status 500 to 599.
    fn broken(&self, status: u16) -> Response;

    /// Has requests like this one answered that there are too many of them, until that time has passed; `global` all.
    fn close(&self, after: Duration, global: bool);

    /// 429 with exactly these words for how long to wait, as [`Odd::Limit`] has them.
    fn odd_limit(
        &self,
        header: Option<&'static str>,
        json: Option<&'static str>,
        global: bool,
    ) -> Response;
}

/// The connection that a request came through, as far as it is known.
pub struct Connection(Option<Line>);

impl Connection {
    /// That of a request.
    pub fn of(parts: &Parts) -> Self {
        let line = parts.extensions.get::<ConnectInfo<Line>>();
        Self(line.map(|ConnectInfo(line)| line.clone()))
    }

    /// Responds to a request as it is `answered`, or as the fault that strikes it has it. `cleared` ends once the faults
    /// are cleared.
    pub async fn respond(
        &self,
        failure: Option<RestFailure>,
        request: &impl Struck,
        cleared: impl Future<Output = ()>,
        answered: impl Future<Output = Response>,
    ) -> Response {
        match failure {
            None => answered.await,
            Some(RestFailure::Status(status)) => request.broken(status),
            Some(RestFailure::RateLimit { after, global }) => {
                request.close(after, global);
                answered.await
            }
            Some(RestFailure::Stall) => {
                request.record();
                cleared.await;
                self.cut(nothing())
            }
            Some(RestFailure::DropBefore) => {
                request.record();
                self.cut(nothing())
            }
            Some(RestFailure::DropAfter) => self.cut(answered.await),
            Some(RestFailure::Delay(by)) => {
                time::sleep(by).await;
                answered.await
            }
            Some(RestFailure::Odd(odd)) => {
                request.record();
                self.odd(odd, request)
            }
        }
    }

    fn odd(&self, odd: Odd, request: &impl Struck) -> Response {
        let mut response = match odd {
            Odd::Limit {
                header,
                json,
                global,
            } => request.odd_limit(header, json, global),
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
                if let Some(line) = &self.0 {
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
        if let Some(line) = &self.0 {
            line.cut();
        }
        response
    }
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
