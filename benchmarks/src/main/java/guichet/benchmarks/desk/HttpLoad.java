package guichet.benchmarks.desk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Sends requests to a port of this machine and reads the answers, over many connections and on one
 * thread, so that it takes little of the processors that it shares with what it measures. It knows
 * as much of HTTP as the doors speak.
 */
final class HttpLoad implements AutoCloseable {

    /** Makes the bytes of a request; of those that are large, it may give the same every time. */
    interface Requests {
        ByteBuffer[] request(long number);
    }

    /** Says which request is sent when; instants are those of {@link System#nanoTime}. */
    interface Schedule {

        /** When the next one is to be sent; empty while none is. */
        OptionalLong next(long now);

        /** The number of the one that is sent now. */
        long take(long now);

        /**
         * Hears what became of it.
         *
         * @param status 0 where the connection was lost
         */
        void answered(long number, int status, long now);
    }

    private static final int LARGEST_ANSWER = 16 * 1024;
    private static final String LENGTH = "\r\ncontent-length: ";
    private static final long SILENCE = Duration.ofSeconds(60).toNanos();

    private final InetSocketAddress door;
    private final Requests requests;
    private final Selector selector;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private int busy;

    HttpLoad(int port, int connections, Requests requests) {
        this.door = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.requests = requests;
        try {
            selector = Selector.open();
            for (int i = 0; i < connections; i++) {
                idle.add(new Connection());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Sends as a schedule says, and returns when it has nothing more to send and all is answered.
     *
     * @throws IllegalStateException where nothing is heard for a minute
     */
    void run(Schedule schedule) {
        try {
            long heard = System.nanoTime();
            while (true) {
                long now = System.nanoTime();
                OptionalLong next = schedule.next(now);
                if (next.isEmpty() && busy == 0) {
                    return;
                }
                if (next.isPresent() && next.getAsLong() <= now && !idle.isEmpty()) {
                    idle.pop().send(schedule.take(now));
                    continue;
                }
                if (selector.select(key -> ready(key, schedule), pause(next, now)) > 0
                        || busy == 0) {
                    heard = now;
                } else if (now - heard > SILENCE) {
                    throw new IllegalStateException("the door is silent");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long pause(OptionalLong next, long now) {
        return next.isPresent() && !idle.isEmpty()
                ? Math.clamp((next.getAsLong() - now) / 1_000_000, 1, 1_000)
                : 1_000;
    }

    private static void ready(SelectionKey key, Schedule schedule) {
        try {
            ((Connection) key.attachment()).ready(schedule);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Connection {

        private final ByteBuffer answer = ByteBuffer.allocate(LARGEST_ANSWER);
        private SocketChannel channel;
        private SelectionKey key;
        private ByteBuffer[] unsent = {};
        private long number;
        private boolean waits;

        Connection() throws IOException {
            channel = connected();
            key = channel.register(selector, SelectionKey.OP_READ, this);
        }

        private SocketChannel connected() throws IOException {
            SocketChannel opened = SocketChannel.open(door);
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            opened.configureBlocking(false);
            return opened;
        }

        private void reconnect() throws IOException {
            key.cancel();
            channel.close();
            channel = connected();
            key = channel.register(selector, SelectionKey.OP_READ, this);
        }

        void send(long next) throws IOException {
            number = next;
            waits = true;
            busy++;
            answer.clear();
            unsent = requests.request(next);
            write();
        }

        private void write() throws IOException {
            try {
                channel.write(unsent);
                key.interestOps(
                        unsent[unsent.length - 1].hasRemaining()
                                ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
                                : SelectionKey.OP_READ);
            } catch (IOException hungUp) {
                // The answer may have come before; reading tells.
                key.interestOps(SelectionKey.OP_READ);
            }
        }

        void ready(Schedule schedule) throws IOException {
            if (key.isWritable()) {
                write();
            }
            if (!key.isReadable()) {
                return;
            }
            boolean ended = readIsEnd();
            if (!waits) {
                if (ended) {
                    reconnect();
                }
                return;
            }
            String head = head();
            if (ended || isWhole(head)) {
                finish(schedule, head, ended);
            }
        }

        private boolean readIsEnd() {
            try {
                return channel.read(answer) < 0;
            } catch (IOException lost) {
                return true;
            }
        }

        private void finish(Schedule schedule, String head, boolean ended) throws IOException {
            waits = false;
            busy--;
            boolean sent = !unsent[unsent.length - 1].hasRemaining();
            if (ended || !sent || head.contains("\r\nconnection: close")) {
                reconnect();
            }
            idle.push(this);
            int status = head.isEmpty() ? 0 : Integer.parseInt(head, 9, 12, 10);
            schedule.answered(number, status, System.nanoTime());
        }

        /** In small letters; empty where it is not there whole. */
        private String head() {
            String all = new String(answer.array(), 0, answer.position(), ISO_8859_1);
            int end = all.indexOf("\r\n\r\n");
            return end < 0 ? "" : all.substring(0, end + 4).toLowerCase(Locale.ROOT);
        }

        private boolean isWhole(String head) {
            if (head.isEmpty()) {
                return false;
            }
            int length = head.indexOf(LENGTH);
            if (length >= 0) {
                int from = length + LENGTH.length();
                int body = Integer.parseInt(head, from, head.indexOf('\r', from), 10);
                return answer.position() >= head.length() + body;
            }
            return new String(answer.array(), 0, answer.position(), ISO_8859_1)
                    .endsWith("\r\n0\r\n\r\n");
        }
    }
}
