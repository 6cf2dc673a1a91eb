//! A limit on how long a client may refuse to read: a connection on which nothing can be written for that long is given up.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Sleep, sleep};

/// A stream whose writes fail once none has got on for a while. A client that reads slowly is served, as long as it
/// empties a good part of the kernel's buffer in that time: some 20 KiB a second are enough.
pub(super) struct WriteTimeout<S> {
    stream: S,
    within: Duration,
    /// The end of waiting, while a write waits.
    until: Option<Pin<Box<Sleep>>>,
}

impl<S: AsyncWrite + Unpin> WriteTimeout<S> {
    pub(super) fn new(stream: S, within: Duration) -> Self {
        Self { stream, within, until: None }
    }

    /// Passes on what the stream said, unless it has been saying "wait" for too long.
    fn or_late<T>(&mut self, context: &mut Context<'_>, said: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if said.is_ready() {
            self.until = None;
            return said;
        }
        let within = self.within;
        let until = self.until.get_or_insert_with(|| Box::pin(sleep(within)));
        until.as_mut().poll(context).map(|()| Err(io::Error::new(io::ErrorKind::TimedOut, "the client reads nothing")))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for WriteTimeout<S> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for WriteTimeout<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let said = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.or_late(context, said)
    }

    fn poll_write_vectored(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let said = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.or_late(context, said)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let said = Pin::new(&mut self.stream).poll_flush(context);
        self.or_late(context, said)
    }

    // Lingering has a limit of its own.
    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    const WITHIN: Duration = Duration::from_millis(400);

    #[tokio::test]
    async fn a_client_that_reads_nothing_is_given_up() {
        let (ours, _theirs) = duplex(64);
        let mut stream = WriteTimeout::new(ours, WITHIN);
        let error = stream.write_all(&[b'x'; 100]).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
    }

    #[tokio::test]
    async fn a_client_that_reads_slowly_is_served() {
        let (ours, mut theirs) = duplex(64);
        let mut stream = WriteTimeout::new(ours, WITHIN);
        let reading = tokio::spawn(async move {
            let (mut read, mut pace) = (0, tokio::time::interval(WITHIN / 8));
            while read < 1000 {
                pace.tick().await;
                read += theirs.read(&mut [0; 50]).await.unwrap();
            }
            read
        });
        stream.write_all(&[b'x'; 1000]).await.unwrap();
        assert_eq!(reading.await.unwrap(), 1000, "which took more than twice as long as a client may read nothing");
    }
}
