package io.github.x402sessions.spring.discovery;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.util.function.SingletonSupplier;

/**
 * The operations of springdoc's document, which is made when it is first asked for.
 * Without one, handlers are described by their signatures.
 */
final class Documented {

	private static final Logger logger = LoggerFactory.getLogger(Documented.class);

	private final Supplier<@Nullable OpenApiReader> reader;

	Documented(BeanFactory beans) {
		this.reader = SingletonSupplier.ofNullable(() -> read(beans));
	}

	@Nullable OpenApiReader reader() {
		return this.reader.get();
	}

	private static @Nullable OpenApiReader read(BeanFactory beans) {
		try {
			return new OpenApiReader(new SpringdocDocument(beans).read());
		}
		catch (NoSuchBeanDefinitionException ex) {
			logger.debug("springdoc makes no document", ex);
			return null;
		}
		catch (RuntimeException | LinkageError | StackOverflowError ex) {
			logger.warn("springdoc's document cannot be made, so catalogues are told what signatures say", ex);
			return null;
		}
	}

}
