//! What a connection is still to be told, which is bounded: who does not read is hung up on.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use tokio::sync::mpsc::{self, Receiver, Sender};

/// How many orders may wait, and how many bytes of frames.
const MOST: usize = 8_192;
const BYTES: usize = 32 << 20;

/// What a connection is told to do.
#[derive(Clone, Debug)]
pub enum ToClient {
    /// Send a frame.
    Frame(String),
    /// Close, as Slack does.
    Close,
    /// Break without a word.
    Drop,
    /// Say nothing and hear nothing any more.
    Fall,
}

impl ToClient {
    fn bytes(&self) -> usize {
        match self {
            Self::Frame(text) => text.len(),
            Self::Close | Self::Drop | Self::Fall => 0,
        }
    }
}

/// The end at which orders are given.
#[derive(Clone, Debug)]
pub struct Queue {
    orders: Sender<ToClient>,
    bytes: Arc<AtomicUsize>,
}

/// The end at which they are carried out.
#[derive(Debug)]
pub struct Orders {
    orders: Receiver<ToClient>,
    bytes: Arc<AtomicUsize>,
}

/// A queue that nothing waits in.
pub fn queue() -> (Queue, Orders) {
    let (sender, receiver) = mpsc::channel(MOST);
    let bytes = Arc::new(AtomicUsize::new(0));
    let queue = Queue {
        orders: sender,
        bytes: Arc::clone(&bytes),
    };
    let orders = Orders {
        orders: receiver,
        bytes,
    };
    (queue, orders)
}

impl Queue {
    /// Gives an order. False when the connection is gone, or is told faster than it reads.
    pub fn tell(&self, order: ToClient) -> bool {
        let bytes = order.bytes();
        let before = self.bytes.fetch_add(bytes, Ordering::Relaxed);
        let told = before.saturating_add(bytes) <= BYTES && self.orders.try_send(order).is_ok();
        if !told {
            self.bytes.fetch_sub(bytes, Ordering::Relaxed);
        }
        told
    }
}

impl Orders {
    /// The next order; none once nobody can give any more.
    pub async fn next(&mut self) -> Option<ToClient> {
        let order = self.orders.recv().await?;
        self.bytes.fetch_sub(order.bytes(), Ordering::Relaxed);
        Some(order)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn neither_too_many_orders_wait_nor_too_long_ones() {
        let (queue, mut orders) = queue();
        for _ in 0..MOST {
            assert!(queue.tell(ToClient::Frame(String::new())));
        }
        assert!(!queue.tell(ToClient::Close));
        orders.next().await.expect("an order");
        assert!(queue.tell(ToClient::Close));
        let (queue, mut orders) = super::queue();
        let half = "x".repeat(BYTES / 2);
        assert!(queue.tell(ToClient::Frame(half.clone())));
        assert!(queue.tell(ToClient::Frame(half.clone())));
        assert!(!queue.tell(ToClient::Frame("x".to_owned())) && queue.tell(ToClient::Drop));
        orders.next().await.expect("an order");
        assert!(queue.tell(ToClient::Frame(half)));
    }
}
