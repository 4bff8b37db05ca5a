package guichet.intake.attachments;

import static java.nio.charset.StandardCharsets.UTF_8;

import guichet.intake.attachments.AttachmentSettings.S3Settings;
import guichet.intake.contacts.StoreUnavailable;
import guichet.intake.requests.DeskIds;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Files in a bucket of any store that speaks S3: {@code <prefix><ticket>/<attachment>}, the media
 * type as its content type, the name percent-encoded in its metadata. An object comes whole or not
 * at all.
 */
final class S3Store implements AttachmentStore, AutoCloseable {

    private static final Duration CONNECTED_WITHIN = Duration.ofSeconds(2);
    private static final Duration HEARD_OF_WITHIN = Duration.ofSeconds(10);

    /** Repeats included, as a customer waits. */
    private static final Duration DONE_WITHIN = Duration.ofSeconds(30);

    private static final String NAME = "name";

    private final S3Client client;
    private final String bucket;
    private final String prefix;

    S3Store(S3Settings settings, AwsCredentialsProvider credentials) {
        this.client = client(settings, credentials);
        this.bucket = settings.bucket();
        this.prefix = settings.prefix();
    }

    private static S3Client client(S3Settings settings, AwsCredentialsProvider credentials) {
        S3ClientBuilder client =
                S3Client.builder()
                        .region(Region.of(settings.region()))
                        .credentialsProvider(credentials)
                        .httpClientBuilder(
                                UrlConnectionHttpClient.builder()
                                        .connectionTimeout(CONNECTED_WITHIN)
                                        .socketTimeout(HEARD_OF_WITHIN))
                        .overrideConfiguration(calls -> calls.apiCallTimeout(DONE_WITHIN))
                        // Some of the other stores know neither Amazon's chunks nor its checksums.
                        .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        if (settings.endpoint() != null) {
            client.endpointOverride(settings.endpoint()).forcePathStyle(true);
        }
        return client.build();
    }

    @Override
    public void keep(UUID ticketId, UUID attachmentId, StagedFile file) {
        try {
            client.putObject(
                    put ->
                            put.bucket(bucket)
                                    .key(key(ticketId, attachmentId))
                                    .contentType(file.kind().mediaType())
                                    .metadata(Map.of(NAME, URLEncoder.encode(file.name(), UTF_8))),
                    RequestBody.fromFile(file.path()));
        } catch (SdkException e) {
            throw new StoreUnavailable(e);
        }
    }

    @Override
    public Optional<KeptFile> find(UUID ticketId, UUID attachmentId) {
        try {
            ResponseInputStream<GetObjectResponse> content =
                    client.getObject(get -> get.bucket(bucket).key(key(ticketId, attachmentId)));
            GetObjectResponse about = content.response();
            return Optional.of(
                    new KeptFile(
                            URLDecoder.decode(about.metadata().getOrDefault(NAME, ""), UTF_8),
                            about.contentType(),
                            about.contentLength(),
                            content));
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw new StoreUnavailable(e);
        }
    }

    @Override
    public void delete(UUID ticketId) {
        try {
            objects(prefix + ticketId + "/").forEach(object -> delete(object.key()));
        } catch (SdkException e) {
            throw new StoreUnavailable(e);
        }
    }

    @Override
    public Stream<Entry> all() {
        return objects(prefix).flatMap(object -> entry(object).stream());
    }

    @Override
    public void delete(UUID ticketId, UUID attachmentId) {
        try {
            delete(key(ticketId, attachmentId));
        } catch (SdkException e) {
            throw new StoreUnavailable(e);
        }
    }

    private Stream<S3Object> objects(String under) {
        return client
                .listObjectsV2Paginator(list -> list.bucket(bucket).prefix(under))
                .contents()
                .stream();
    }

    private void delete(String key) {
        client.deleteObject(delete -> delete.bucket(bucket).key(key));
    }

    /** Empty for what somebody else keeps in the bucket. */
    private Optional<Entry> entry(S3Object object) {
        String[] ids = object.key().substring(prefix.length()).split("/", -1);
        return ids.length != 2
                ? Optional.empty()
                : DeskIds.read(ids[0])
                        .flatMap(
                                ticket ->
                                        DeskIds.read(ids[1])
                                                .map(
                                                        id ->
                                                                new Entry(
                                                                        ticket,
                                                                        id,
                                                                        object.lastModified())));
    }

    @Override
    public void close() {
        client.close();
    }

    private String key(UUID ticketId, UUID attachmentId) {
        return prefix + ticketId + "/" + attachmentId;
    }
}
