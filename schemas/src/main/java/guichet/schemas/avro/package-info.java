/**
 * Avro records in Confluent's wire format, for any registry that speaks Confluent's REST API.
 *
 * <p>{@link guichet.schemas.avro.RegistryAvroSerializer}, {@link
 * guichet.schemas.avro.RegistryAvroDeserializer} and {@link guichet.schemas.avro.RegistryAvroSerde}
 * take the place of Confluent's classes under the same configuration keys. ADR 0003 says why they
 * are our own.
 */
@NullMarked
package guichet.schemas.avro;

import org.jspecify.annotations.NullMarked;
