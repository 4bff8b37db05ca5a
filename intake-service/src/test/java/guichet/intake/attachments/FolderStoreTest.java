package guichet.intake.attachments;

class FolderStoreTest extends StoreContract {

    @Override
    AttachmentStore store() {
        return new FolderStore(folder.resolve("kept"));
    }
}
