package guichet.intake.attachments;

/**
 * Whether bytes are UTF-8 and hold no control characters but line breaks, form feeds and tabs; read
 * piece by piece, wherever the pieces are cut.
 */
final class PlainText {

    private boolean broken;
    private int codePoint;
    private int smallest;
    private int missing;

    /** Takes the next bytes in: the first {@code length} of these. */
    void read(byte[] bytes, int length) {
        for (int i = 0; i < length && !broken; i++) {
            next(bytes[i] & 0xFF);
        }
    }

    /** Whether all bytes so far are such a text, and its last character is complete. */
    boolean isWhole() {
        return !broken && missing == 0;
    }

    private void next(int octet) {
        if (missing > 0) {
            broken = octet >> 6 != 0b10;
            codePoint = codePoint << 6 | octet & 0x3F;
            missing--;
            if (missing == 0) {
                broken |= codePoint < smallest || !isText(codePoint);
            }
        } else if (octet < 0x80) {
            broken = !isText(octet);
        } else if (octet >> 5 == 0b110) {
            begin(octet & 0x1F, 1, 0x80);
        } else if (octet >> 4 == 0b1110) {
            begin(octet & 0x0F, 2, 0x800);
        } else if (octet >> 3 == 0b11110) {
            begin(octet & 0x07, 3, 0x10000);
        } else {
            broken = true;
        }
    }

    private void begin(int bits, int following, int smallestOfThisLength) {
        codePoint = bits;
        missing = following;
        smallest = smallestOfThisLength;
    }

    private static boolean isText(int c) {
        return switch (c) {
            case '\t', '\n', '\f', '\r' -> true;
            default ->
                    Character.isValidCodePoint(c)
                            && !Character.isISOControl(c)
                            && !(Character.MIN_SURROGATE <= c && c <= Character.MAX_SURROGATE);
        };
    }
}
