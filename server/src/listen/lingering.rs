//! Lingering close: a client that is still sending gets to read the answer.
//!
//! A connection that is closed with bytes unread is reset, and an answer that is still on its way is lost. So the server ends its own
//! side, and reads and drops what the client sends, within limits.

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, Incoming, SizeHint};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

/// The longest that the rest of a body is awaited.
const LINGER: Duration = Duration::from_secs(10);
/// The most bytes that are read and dropped.
const DROPPED_MAX: usize = 64 << 20;

/// True while a connection has a body that was not read to its end.
#[derive(Clone, Debug, Default)]
pub(super) struct Unread(Arc<AtomicBool>);

impl Unread {
    /// Wraps the body of the connection's next request, and notes when it is dropped before its end.
    pub(super) fn watch(&self, body: Incoming) -> Body {
        self.0.store(false, Ordering::Relaxed);
        if body.is_end_stream() { Body::empty() } else { Body::new(WatchedBody { body, is_read: false, unread: self.clone() }) }
    }
}

struct WatchedBody {
    body: Incoming,
    is_read: bool,
    unread: Unread,
}

impl HttpBody for WatchedBody {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
        self.is_read |= frame.is_none();
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for WatchedBody {
    fn drop(&mut self) {
        if !self.is_read && !self.body.is_end_stream() {
            self.unread.0.store(true, Ordering::Relaxed);
        }
    }
}

/// A connection that lingers when it is shut down with a body unread.
pub(super) struct LingeringStream {
    stream: TcpStream,
    unread: Unread,
    /// The end of lingering, once it has begun.
    until: Option<Pin<Box<Sleep>>>,
    /// The bytes that may still be dropped.
    left: usize,
}

impl LingeringStream {
    pub(super) fn new(stream: TcpStream, unread: Unread) -> Self {
        Self { stream, unread, until: None, left: DROPPED_MAX }
    }

    /// Returns whether the client has sent what nobody read: the rest of a head that was too large, or of a broken one.
    fn still_comes(&mut self, context: &mut Context<'_>) -> bool {
        let mut space = [0; 1];
        let mut peeked = ReadBuf::new(&mut space);
        matches!(self.stream.poll_peek(context, &mut peeked), Poll::Ready(Ok(bytes)) if bytes > 0)
    }

    /// Reads and drops until the client ends, fails, or has taken too long or sent too much.
    fn poll_linger(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let mut space = [0; 8 << 10];
        loop {
            let is_late = self.until.as_mut().is_none_or(|until| until.as_mut().poll(context).is_ready());
            if is_late || self.left == 0 {
                return Poll::Ready(());
            }
            let mut dropped = ReadBuf::new(&mut space);
            let read = ready!(Pin::new(&mut self.stream).poll_read(context, &mut dropped));
            let bytes = dropped.filled().len();
            if read.is_err() || bytes == 0 {
                return Poll::Ready(());
            }
            self.left = self.left.saturating_sub(bytes);
        }
    }
}

impl AsyncRead for LingeringStream {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for LingeringStream {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.until.is_none() {
            ready!(Pin::new(&mut self.stream).poll_shutdown(context))?;
            if !self.unread.0.load(Ordering::Relaxed) && !self.still_comes(context) {
                return Poll::Ready(Ok(()));
            }
            self.until = Some(Box::pin(sleep(LINGER)));
        }
        self.poll_linger(context).map(Ok)
    }
}
