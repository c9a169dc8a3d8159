//! How payloads are put into WebSocket messages: as text, or compressed if the client asked for it.

use std::{
    io::{self, Write},
    mem,
};

use axum::extract::ws::Message;
use flate2::{Compression, write::ZlibEncoder};

/// Payloads shorter than this are never compressed one by one.
const WORTHWHILE: usize = 1_024;

/// How hard zstd tries: little, since the other end is on the same machine.
const ZSTD_LEVEL: i32 = 1;

/// The encoding of one connection.
pub(super) enum Transport {
    /// Every payload by itself, the longer ones compressed if `compress` was set in identify.
    Payloads { compress: bool },
    /// All payloads in one zlib stream, flushed after each (`compress=zlib-stream`).
    Zlib(ZlibEncoder<Vec<u8>>),
    /// All payloads in one zstd stream, flushed after each (`compress=zstd-stream`).
    Zstd(zstd::Encoder<'static, Vec<u8>>),
}

impl Transport {
    /// The encoding that `compress` in the gateway's address asks for. Discord takes no notice of one
    /// that it does not know.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub(super) fn asked(compress: Option<&str>) -> io::Result<Self> {
        Ok(match compress {
            Some("zlib-stream") => Self::Zlib(ZlibEncoder::new(Vec::new(), Compression::fast())),
            Some("zstd-stream") => Self::Zstd(zstd::Encoder::new(Vec::new(), ZSTD_LEVEL)?),
            _ => Self::Payloads { compress: false },
        })
    }

    /// Compresses payloads from now on, unless the whole stream is.
    pub(super) fn compress_payloads(&mut self) {
        if let Self::Payloads { compress } = self {
            *compress = true;
        }
    }

    /// The WebSocket message for a payload.
    ///
    /// # Errors
    /// When compressing fails, after which a stream is of no use any more.
    pub(super) fn encode(&mut self, text: String) -> io::Result<Message> {
        let bytes = match self {
            Self::Payloads { compress: true } if text.len() >= WORTHWHILE => {
                let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
                encoder.write_all(text.as_bytes())?;
                encoder.finish()?
            }
            Self::Payloads { .. } => return Ok(Message::Text(text.into())),
            Self::Zlib(stream) => {
                stream.write_all(text.as_bytes())?;
                stream.flush()?;
                mem::take(stream.get_mut())
            }
            Self::Zstd(stream) => {
                stream.write_all(text.as_bytes())?;
                stream.flush()?;
                mem::take(stream.get_mut())
            }
        };
        Ok(Message::Binary(bytes.into()))
    }
}

/// A message of JSON that is short until it is decompressed, and then so many MB. Its end is no end:
/// who has read so far has kept it all.
pub(super) fn bomb(megabytes: usize) -> io::Result<Message> {
    let blank = vec![b' '; 1 << 20];
    let mut stream = ZlibEncoder::new(Vec::new(), Compression::best());
    // The first holds what all others repeat.
    let mut block = || -> io::Result<Vec<u8>> {
        stream.write_all(&blank)?;
        stream.flush()?;
        Ok(mem::take(stream.get_mut()))
    };
    let (mut message, repeated) = (block()?, block()?);
    for _ in 1..megabytes {
        message.extend_from_slice(&repeated);
    }
    Ok(Message::Binary(message.into()))
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::{Decompress, FlushDecompress, read::ZlibDecoder};
    use zstd::stream::raw::{Decoder, Operation};

    use super::*;

    fn payloads() -> [String; 3] {
        ["{}".to_owned(), "sentence ".repeat(10_000), "x".to_owned()]
    }

    fn binary(transport: &mut Transport, text: &str) -> Vec<u8> {
        match transport.encode(text.to_owned()).expect("compressed") {
            Message::Binary(bytes) => bytes.to_vec(),
            other => panic!("what is compressed is binary: {other:?}"),
        }
    }

    #[test]
    fn a_zlib_stream_holds_payload_after_payload() {
        let mut transport = Transport::asked(Some("zlib-stream")).expect("a stream");
        let mut inflate = Decompress::new(true);
        for text in payloads() {
            let bytes = binary(&mut transport, &text);
            assert!(bytes.ends_with(&[0, 0, 0xff, 0xff]));
            let mut output = Vec::with_capacity(text.len() + 64);
            inflate
                .decompress_vec(&bytes, &mut output, FlushDecompress::Sync)
                .expect("deflated");
            assert_eq!(output, text.as_bytes());
        }
    }

    #[test]
    fn a_zstd_stream_holds_payload_after_payload() {
        let mut transport = Transport::asked(Some("zstd-stream")).expect("a stream");
        let mut decoder = Decoder::new().expect("a decoder");
        for text in payloads() {
            let bytes = binary(&mut transport, &text);
            let mut output = vec![0; text.len() + 64];
            let (mut read, mut written) = (0, 0);
            while read < bytes.len() {
                let status = decoder.run_on_buffers(&bytes[read..], &mut output[written..]);
                let status = status.expect("zstd");
                read += status.bytes_read;
                written += status.bytes_written;
            }
            assert_eq!(&output[..written], text.as_bytes());
        }
    }

    #[test]
    fn a_bomb_is_short_and_makes_what_it_says() {
        let Message::Binary(bytes) = bomb(20).expect("compressed") else {
            panic!("what is compressed is binary");
        };
        assert!(bytes.len() < 50_000, "{}", bytes.len());
        let mut read = String::new();
        let read_to_end = ZlibDecoder::new(&bytes[..]).read_to_string(&mut read);
        assert!(read_to_end.is_err(), "it has no end");
        assert_eq!(read.len(), 20 << 20);
    }

    #[test]
    fn long_payloads_are_compressed_one_by_one() {
        let mut transport = Transport::asked(None).expect("no stream");
        transport.compress_payloads();
        let short = transport.encode("short".to_owned()).expect("encoded");
        assert!(matches!(short, Message::Text(_)));
        let text = "sentence ".repeat(1_000);
        let bytes = binary(&mut transport, &text);
        let mut read = String::new();
        ZlibDecoder::new(&bytes[..])
            .read_to_string(&mut read)
            .expect("deflated");
        assert_eq!(read, text);
    }
}
