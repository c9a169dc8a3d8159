//! Bodies of requests of which it isn't known yet whose they are: anybody who reaches the port may send them.

use std::time::Duration;

use axum::body::Body;
use axum::http::StatusCode;
use futures_util::StreamExt as _;
use tokio::sync::Semaphore;
use tokio::time::timeout;

/// The most bytes of a body.
pub(super) const MOST: usize = 1 << 20;
/// Nearly all of Slack's are shorter, and wait for nobody. Only forms with much text in them are longer.
const SHORT: usize = 16 << 10;
/// So many longer ones are read at the same time.
const LONG: usize = 16;

/// Reads them.
pub(super) struct Unproven {
    turns: Semaphore,
}

impl Default for Unproven {
    fn default() -> Self {
        let turns = Semaphore::new(LONG);
        Self { turns }
    }
}

impl Unproven {
    /// Reads one.
    ///
    /// # Errors
    /// What to answer when it is too long, breaks off, or takes longer than `patience`, its turn included.
    pub(super) async fn read(&self, body: Body, patience: Duration) -> Result<Vec<u8>, StatusCode> {
        let read = timeout(patience, self.whole(body)).await;
        read.unwrap_or(Err(StatusCode::REQUEST_TIMEOUT))
    }

    async fn whole(&self, body: Body) -> Result<Vec<u8>, StatusCode> {
        let (mut chunks, mut read, mut turn) = (body.into_data_stream(), Vec::new(), None);
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(|_| StatusCode::BAD_REQUEST)?;
            let length = read.len() + chunk.len();
            if length > MOST {
                return Err(StatusCode::PAYLOAD_TOO_LARGE);
            }
            if length > SHORT && turn.is_none() {
                // A semaphore of ours is never closed.
                turn = self.turns.acquire().await.ok();
            }
            read.extend_from_slice(&chunk);
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use axum::body::Bytes;
    use futures_util::future::join_all;
    use futures_util::stream;

    use super::*;

    /// A body of so many chunks of 16 KiB that never ends, and counts those that are taken.
    fn endless(chunks: usize, taken: &Arc<AtomicUsize>) -> Body {
        let taken = taken.clone();
        let chunks = stream::iter(0..chunks).map(move |_| {
            taken.fetch_add(1, Ordering::SeqCst);
            Ok::<_, Infallible>(Bytes::from(vec![b'x'; SHORT]))
        });
        Body::from_stream(chunks.chain(stream::pending()))
    }

    #[tokio::test(start_paused = true)]
    async fn however_many_long_bodies_come_few_are_kept_and_short_ones_do_not_wait() {
        let (unproven, taken) = (Unproven::default(), Arc::new(AtomicUsize::new(0)));
        let patience = Duration::from_secs(2);
        let many = (0..500).map(|_| unproven.read(endless(60, &taken), patience));
        let short = unproven.read(Body::from("short"), patience);
        let kept = async {
            tokio::time::sleep(patience / 2).await;
            taken.load(Ordering::SeqCst)
        };
        let (many, short, kept) = tokio::join!(join_all(many), short, kept);
        assert!(
            many.iter()
                .all(|read| *read == Err(StatusCode::REQUEST_TIMEOUT))
        );
        assert_eq!(short.as_deref(), Ok(&b"short"[..]));
        // Of each that had no turn, what told that it needs one.
        assert_eq!(kept, LONG * 60 + (500 - LONG) * 2);
        let long = vec![b'x'; MOST];
        assert_eq!(
            unproven.read(Body::from(long.clone()), patience).await,
            Ok(long)
        );
        let longer = unproven.read(Body::from(vec![b'x'; MOST + 1]), patience);
        assert_eq!(longer.await, Err(StatusCode::PAYLOAD_TOO_LARGE));
    }
}
