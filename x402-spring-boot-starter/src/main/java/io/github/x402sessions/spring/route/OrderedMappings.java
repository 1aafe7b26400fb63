package io.github.x402sessions.spring.route;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.util.function.SingletonSupplier;

/**
 * The handler mappings of an application in the order that its dispatcher asks them in.
 * They are first looked for, and created, with the first use. Thread-safe.
 *
 * @param <M> what the web framework calls a handler mapping
 */
public final class OrderedMappings<M> {

	private final Supplier<List<M>> all;

	private final Supplier<List<M>> upToMethods;

	/**
	 * Create the mappings.
	 * @param beans has the mappings, or its ancestors do
	 * @param type their type
	 * @param ofMethods the type of those that map methods
	 */
	public OrderedMappings(ListableBeanFactory beans, Class<M> type, Class<? extends M> ofMethods) {
		this.all = SingletonSupplier.of(() -> find(beans, type));
		this.upToMethods = SingletonSupplier.of(() -> upTo(all(), ofMethods));
	}

	private static <M> List<M> find(ListableBeanFactory beans, Class<M> type) {
		List<M> found = new ArrayList<>(
				BeanFactoryUtils.beansOfTypeIncludingAncestors(beans, type, true, false).values());
		AnnotationAwareOrderComparator.sort(found);
		return List.copyOf(found);
	}

	private static <M> List<M> upTo(List<M> all, Class<? extends M> last) {
		int end = all.size();
		while (end > 0 && !last.isInstance(all.get(end - 1))) {
			end--;
		}
		return all.subList(0, end);
	}

	/**
	 * Return all mappings.
	 * @return the mappings in their order
	 */
	public List<M> all() {
		return this.all.get();
	}

	/**
	 * Return the mappings up to the last one that maps methods.
	 * @return the mappings in their order, none if none maps methods
	 */
	public List<M> upToMethods() {
		return this.upToMethods.get();
	}

}
