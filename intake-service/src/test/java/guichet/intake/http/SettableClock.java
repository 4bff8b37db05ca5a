package guichet.intake.http;

import java.time.Instant;
import java.time.InstantSource;

final class SettableClock implements InstantSource {

    private volatile Instant now = Instant.EPOCH;

    void set(String instant) {
        now = Instant.parse(instant);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
