package guichet.routing.matching;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;

/**
 * A sorted set that also knows how many items come before another: a treap, each node with the size
 * of its tree. All but walking through takes time logarithmic in its size. Items must not change
 * their order while in it.
 */
final class RankedSet<T extends Comparable<T>> implements Iterable<T> {

    private static final class Node<T> {
        private final T item;
        private final int weight;
        private @Nullable Node<T> left;
        private @Nullable Node<T> right;
        private int size = 1;

        Node(T item, int weight) {
            this.item = item;
            this.weight = weight;
        }

        Node<T> resized() {
            size = 1 + size(left) + size(right);
            return this;
        }
    }

    /** Weights shape the tree and nothing else, so one seed is as good as any. */
    private final SplittableRandom weights = new SplittableRandom(1);

    private @Nullable Node<T> root;

    int size() {
        return size(root);
    }

    boolean isEmpty() {
        return root == null;
    }

    /** Adds an item that is not in it. */
    void add(T item) {
        root = insert(root, new Node<>(item, weights.nextInt()));
    }

    /** Removes an item that is in it. */
    void remove(T item) {
        root = delete(root, item);
    }

    boolean contains(T item) {
        Node<T> node = root;
        while (node != null) {
            int order = item.compareTo(node.item);
            if (order == 0) {
                return true;
            }
            node = order < 0 ? node.left : node.right;
        }
        return false;
    }

    @Nullable T first() {
        Node<T> node = root;
        if (node == null) {
            return null;
        }
        while (node.left != null) {
            node = node.left;
        }
        return node.item;
    }

    /** The item that so many others come before. */
    T get(int index) {
        Node<T> node = root;
        int before = 0;
        while (node != null) {
            int here = before + size(node.left);
            if (index == here) {
                return node.item;
            }
            if (index < here) {
                node = node.left;
            } else {
                before = here + 1;
                node = node.right;
            }
        }
        throw new IndexOutOfBoundsException(index);
    }

    /** How many come before this item, which need not be in it. */
    int countBefore(T item) {
        Node<T> node = root;
        int before = 0;
        while (node != null) {
            if (item.compareTo(node.item) <= 0) {
                node = node.left;
            } else {
                before += size(node.left) + 1;
                node = node.right;
            }
        }
        return before;
    }

    /** The first item that is not among others, all of which are in this set as well. */
    @Nullable T firstOutside(RankedSet<T> others) {
        Node<T> node = root;
        int before = 0;
        while (node != null) {
            int here = before + size(node.left);
            if (others.countBefore(node.item) < here) {
                node = node.left;
            } else if (others.contains(node.item)) {
                before = here + 1;
                node = node.right;
            } else {
                return node.item;
            }
        }
        return null;
    }

    private static int size(@Nullable Node<?> tree) {
        return tree == null ? 0 : tree.size;
    }

    private static <T extends Comparable<T>> Node<T> insert(@Nullable Node<T> tree, Node<T> node) {
        if (tree == null) {
            return node;
        }
        tree.size++;
        if (node.item.compareTo(tree.item) < 0) {
            Node<T> left = insert(tree.left, node);
            tree.left = left;
            if (left.weight > tree.weight) {
                tree.left = left.right;
                left.right = tree.resized();
                return left.resized();
            }
        } else {
            Node<T> right = insert(tree.right, node);
            tree.right = right;
            if (right.weight > tree.weight) {
                tree.right = right.left;
                right.left = tree.resized();
                return right.resized();
            }
        }
        return tree;
    }

    private static <T extends Comparable<T>> @Nullable Node<T> delete(
            @Nullable Node<T> tree, T item) {
        if (tree == null) {
            throw new NoSuchElementException(item.toString());
        }
        int order = item.compareTo(tree.item);
        if (order == 0) {
            return merge(tree.left, tree.right);
        }
        if (order < 0) {
            tree.left = delete(tree.left, item);
        } else {
            tree.right = delete(tree.right, item);
        }
        tree.size--;
        return tree;
    }

    private static <T> @Nullable Node<T> merge(@Nullable Node<T> left, @Nullable Node<T> right) {
        if (left == null) {
            return right;
        }
        if (right == null) {
            return left;
        }
        if (left.weight > right.weight) {
            left.right = merge(left.right, right);
            return left.resized();
        }
        right.left = merge(left, right.left);
        return right.resized();
    }

    @Override
    public Iterator<T> iterator() {
        Deque<Node<T>> path = new ArrayDeque<>();
        descend(root, path);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !path.isEmpty();
            }

            @Override
            public T next() {
                Node<T> node = path.pop();
                descend(node.right, path);
                return node.item;
            }
        };
    }

    private static <T> void descend(@Nullable Node<T> tree, Deque<Node<T>> path) {
        for (Node<T> node = tree; node != null; node = node.left) {
            path.push(node);
        }
    }
}
