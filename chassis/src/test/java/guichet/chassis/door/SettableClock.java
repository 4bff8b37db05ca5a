package guichet.chassis.door;

import java.time.Instant;
import java.time.InstantSource;

public final class SettableClock implements InstantSource {

    private volatile Instant now = Instant.EPOCH;

    public void set(String instant) {
        now = Instant.parse(instant);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
