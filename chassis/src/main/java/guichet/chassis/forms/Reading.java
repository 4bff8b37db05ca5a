package guichet.chassis.forms;

/** Reads the text of a field as what it stands for. */
@FunctionalInterface
public interface Reading<T> {

    /**
     * Reads a text that is neither blank nor surrounded by blanks.
     *
     * @throws FaultyText where it is not what it should be
     */
    T read(String text) throws FaultyText;
}
