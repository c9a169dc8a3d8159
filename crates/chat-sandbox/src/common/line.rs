//! Connections that can be broken from the inside, as a bad network breaks them.

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    task::{Context, Poll, ready},
};

use axum::{extract::ConnectInfo, serve::Listener};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
};

/// A header that never ends.
const FLOOD: &[u8] = &[b'a'; 4096];

/// The connection a request came through.
#[derive(Clone, Debug)]
pub(super) struct Line(Arc<AtomicU8>);

/// What becomes of a connection.
const INTACT: u8 = 0;
const CUT: u8 = 1;
const FLOODED: u8 = 2;
const FLOODING: u8 = 3;

impl Line {
    /// Breaks the connection: nothing more is sent, what is being answered least of all.
    pub(super) fn cut(&self) {
        self.0.store(CUT, Ordering::Relaxed);
    }

    /// Whatever is answered, the client is sent headers without an end.
    pub(super) fn flood(&self) {
        self.0.store(FLOODED, Ordering::Relaxed);
    }
}

/// A listener whose connections can be broken.
pub(super) struct Lines(pub TcpListener);

impl Listener for Lines {
    type Io = Breakable;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Breakable, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        // Else an event may wait 40 ms for the client's delayed acknowledgement of the one before.
        let _ = stream.set_nodelay(true);
        let line = Line(Arc::new(AtomicU8::new(INTACT)));
        (Breakable { stream, line }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

/// A connection that fails once it was cut.
pub(super) struct Breakable {
    stream: TcpStream,
    line: Line,
}

impl Breakable {
    /// What it can be broken by.
    pub(super) fn line(&self) -> ConnectInfo<Line> {
        ConnectInfo(self.line.clone())
    }

    fn intact(&self) -> io::Result<()> {
        if self.line.0.load(Ordering::Relaxed) == CUT {
            Err(io::ErrorKind::ConnectionReset.into())
        } else {
            Ok(())
        }
    }

    /// Writes headers for as long as anyone reads them.
    fn flood(&mut self, context: &mut Context<'_>) -> Poll<io::Error> {
        loop {
            let begins = self.line.0.swap(FLOODING, Ordering::Relaxed) == FLOODED;
            let head: &[u8] = if begins {
                b"HTTP/1.1 200 OK\r\nx: "
            } else {
                FLOOD
            };
            if let Err(error) = ready!(Pin::new(&mut self.stream).poll_write(context, head)) {
                return Poll::Ready(error);
            }
        }
    }
}

impl AsyncRead for Breakable {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.intact()?;
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Breakable {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.intact()?;
        if self.line.0.load(Ordering::Relaxed) >= FLOODED {
            return self.flood(context).map(Err);
        }
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
