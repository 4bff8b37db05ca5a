package guichet.schemas.avro;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A serde's share in the client of one registry. A Kafka Streams application has dozens of serdes:
 * all of one address use one connection and one cache, which end with the last of them.
 */
final class RegistryLease implements AutoCloseable {

    private static final Map<RegistryAddress, Shared> OPEN = new HashMap<>();

    private record Shared(SchemaRegistry registry, int users) {}

    private final RegistryAddress address;
    private final SchemaRegistry registry;
    private final AtomicBoolean ended = new AtomicBoolean();

    private RegistryLease(RegistryAddress address, SchemaRegistry registry) {
        this.address = address;
        this.registry = registry;
    }

    static RegistryLease of(RegistryAddress address) {
        synchronized (OPEN) {
            var known = OPEN.get(address);
            var shared =
                    known == null
                            ? new Shared(connect(address), 1)
                            : new Shared(known.registry(), known.users() + 1);
            OPEN.put(address, shared);
            return new RegistryLease(address, shared.registry());
        }
    }

    SchemaRegistry registry() {
        return registry;
    }

    @Override
    public void close() {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        synchronized (OPEN) {
            var shared = OPEN.get(address);
            if (shared == null) {
                return;
            }
            if (shared.users() > 1) {
                OPEN.put(address, new Shared(shared.registry(), shared.users() - 1));
            } else {
                OPEN.remove(address);
                shared.registry().close();
            }
        }
    }

    private static SchemaRegistry connect(RegistryAddress address) {
        return switch (address) {
            case RegistryAddress.InMemory inMemory -> InMemoryRegistry.scope(inMemory.scope());
            case RegistryAddress.Remote remote -> new CachedRegistry(new RestRegistry(remote));
        };
    }
}
