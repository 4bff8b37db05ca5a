package guichet.benchmarks.desk;

import guichet.schemas.avro.RegistryAvroSerde;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

import java.io.IOException;
import java.util.Properties;

/**
 * The baseline of a stage: Kafka Streams reads each event and writes it as it is, with the desk's
 * guarantee, settings and serdes.
 */
final class PassThrough {

    static final String NAME = "pass-through";
    static final String INPUT = "pass-through-in";
    static final String OUTPUT = "pass-through-out";

    private PassThrough() {}

    public static void main(String[] args) throws IOException {
        KafkaProperties kafka = ChassisSettings.of(args);
        Serde<SpecificRecord> events = new RegistryAvroSerde<>();
        events.configure(kafka.getProperties(), false);
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(INPUT, Consumed.with(Serdes.String(), events))
                .to(OUTPUT, Produced.with(Serdes.String(), events));
        Properties settings = new Properties();
        settings.putAll(kafka.buildStreamsProperties());
        settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        new KafkaStreams(builder.build(), settings).start();
    }
}
