package guichet.intake.attachments;

import java.io.InputStream;

/**
 * A file as it is given out.
 *
 * @param name for display only
 * @param mediaType as was found in the content
 * @param size in bytes
 * @param content to be closed by whoever reads it
 */
record KeptFile(String name, String mediaType, long size, InputStream content) {}
