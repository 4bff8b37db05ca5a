package guichet.chassis.forms;

/** A text that is not what its field asks for. */
public final class FaultyText extends Exception {

    private final String message;

    /**
     * @param message what is wrong and what would be right, to follow the field's name
     */
    public FaultyText(String message) {
        super(message, null, false, false);
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
