package io.github.x402sessions.spring.route;

import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tells which {@code @X402Price} annotations are for something else than handler methods,
 * and are read and checked by whoever sells that.
 */
@FunctionalInterface
public interface ForeignPrices {

	/**
	 * Tell whether a price is somebody else's.
	 * @param element the method or the class that has the annotation
	 * @return whether nothing has to run it for requests
	 */
	boolean include(AnnotatedElement element);

	/**
	 * Join several.
	 * @param all all who sell something else
	 * @return what any of them includes
	 */
	static ForeignPrices of(Stream<ForeignPrices> all) {
		List<ForeignPrices> prices = all.toList();
		return (element) -> prices.stream().anyMatch((some) -> some.include(element));
	}

}
