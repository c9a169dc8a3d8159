//! How payloads are put into WebSocket messages: as text, or compressed if the client asked for it.

use std::io::Write;

use axum::extract::ws::Message;
use flate2::{Compress, Compression, FlushCompress, write::ZlibEncoder};

/// Payloads shorter than this are never compressed one by one.
const WORTHWHILE: usize = 1_024;

/// The encoding of one connection.
pub(super) enum Transport {
    /// Every payload by itself, the longer ones compressed if `compress` was set in identify.
    Payloads { compress: bool },
    /// All payloads in one zlib stream, flushed after each (`compress=zlib-stream`).
    Stream(Box<Compress>),
}

impl Transport {
    pub(super) fn plain() -> Self {
        Self::Payloads { compress: false }
    }

    pub(super) fn stream() -> Self {
        Self::Stream(Box::new(Compress::new(Compression::fast(), true)))
    }

    /// Compresses payloads from now on, unless the whole stream is.
    pub(super) fn compress_payloads(&mut self) {
        if let Self::Payloads { compress } = self {
            *compress = true;
        }
    }

    /// The WebSocket message for a payload.
    pub(super) fn encode(&mut self, text: String) -> Message {
        match self {
            Self::Payloads { compress: true } if text.len() >= WORTHWHILE => {
                let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
                encoder
                    .write_all(text.as_bytes())
                    .and_then(|()| encoder.finish())
                    .map_or_else(
                        |_| Message::Text(text.into()),
                        |bytes| Message::Binary(bytes.into()),
                    )
            }
            Self::Payloads { .. } => Message::Text(text.into()),
            Self::Stream(stream) => Message::Binary(flushed(stream, text.as_bytes()).into()),
        }
    }
}

/// The next part of a stream, ended by a sync flush, by which clients know where a payload ends.
fn flushed(stream: &mut Compress, mut input: &[u8]) -> Vec<u8> {
    let mut output = Vec::with_capacity(input.len() + 64);
    loop {
        let before = stream.total_in();
        stream
            .compress_vec(input, &mut output, FlushCompress::Sync)
            .expect("deflating fails only on a stream that was finished");
        let taken = usize::try_from(stream.total_in() - before).expect("no more than was given");
        input = &input[taken..];
        if input.is_empty() && output.len() < output.capacity() {
            return output;
        }
        output.reserve(256);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::{Decompress, FlushDecompress, read::ZlibDecoder};

    use super::*;

    #[test]
    fn a_stream_holds_payload_after_payload() {
        let mut transport = Transport::stream();
        let mut inflate = Decompress::new(true);
        for text in ["{}".to_owned(), "question ".repeat(10_000), "x".to_owned()] {
            let Message::Binary(bytes) = transport.encode(text.clone()) else {
                panic!("a stream is binary");
            };
            assert!(bytes.ends_with(&[0, 0, 0xff, 0xff]));
            let mut output = Vec::with_capacity(text.len() + 64);
            inflate
                .decompress_vec(&bytes, &mut output, FlushDecompress::Sync)
                .expect("deflated");
            assert_eq!(output, text.as_bytes());
        }
    }

    #[test]
    fn long_payloads_are_compressed_one_by_one() {
        let mut transport = Transport::plain();
        transport.compress_payloads();
        assert!(matches!(
            transport.encode("short".to_owned()),
            Message::Text(_)
        ));
        let text = "question ".repeat(1_000);
        let Message::Binary(bytes) = transport.encode(text.clone()) else {
            panic!("long payloads are binary");
        };
        let mut read = String::new();
        ZlibDecoder::new(&bytes[..])
            .read_to_string(&mut read)
            .expect("deflated");
        assert_eq!(read, text);
    }
}
