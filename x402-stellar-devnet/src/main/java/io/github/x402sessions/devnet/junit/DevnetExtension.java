package io.github.x402sessions.devnet.junit;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

import io.github.x402sessions.devnet.StellarDevnet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.stellar.sdk.KeyPair;

/**
 * Starts a network for a {@link DevnetTest} and hands it out.
 */
final class DevnetExtension implements BeforeAllCallback, TestInstancePostProcessor, ParameterResolver {

	private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace
		.create(DevnetExtension.class);

	@Override
	public void beforeAll(ExtensionContext context) {
		inject(context.getRequiredTestClass(), null, devnet(context));
	}

	@Override
	public void postProcessTestInstance(Object instance, ExtensionContext context) {
		inject(instance.getClass(), instance, devnet(context));
	}

	@Override
	public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
		Class<?> type = parameter.getParameter().getType();
		return type == StellarDevnet.class || (type == KeyPair.class && parameter.isAnnotated(Funded.class));
	}

	@Override
	public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
		StellarDevnet devnet = devnet(context);
		return parameter.findAnnotation(Funded.class).map((funded) -> (Object) account(devnet, funded)).orElse(devnet);
	}

	/** The network of the outermost class, which is closed with that. */
	private static StellarDevnet devnet(ExtensionContext context) {
		ExtensionContext owner = context;
		for (Optional<ExtensionContext> parent = context.getParent(); parent.isPresent()
				&& parent.get().getTestClass().isPresent(); parent = parent.get().getParent()) {
			owner = parent.get();
		}
		DevnetTest settings = AnnotationSupport
			.findAnnotation(context.getRequiredTestClass(), DevnetTest.class, context.getEnclosingTestClasses())
			.orElseThrow(() -> new ExtensionConfigurationException("the class has no @DevnetTest"));
		return owner.getStore(NAMESPACE)
			.computeIfAbsent(StellarDevnet.class,
					(type) -> StellarDevnet.builder()
						.ledgerInterval(Duration.ofMillis(settings.ledgerInterval()))
						.start(),
					StellarDevnet.class);
	}

	private static void inject(Class<?> type, @Nullable Object instance, StellarDevnet devnet) {
		for (Field field : ReflectionSupport.findFields(type,
				(field) -> isWanted(field) && Modifier.isStatic(field.getModifiers()) == (instance == null),
				HierarchyTraversalMode.TOP_DOWN)) {
			Funded funded = field.getAnnotation(Funded.class);
			try {
				field.setAccessible(true);
				field.set(instance, (funded != null) ? account(devnet, funded) : devnet);
			}
			catch (IllegalAccessException ex) {
				throw new ExtensionConfigurationException("field '" + field.getName() + "' cannot be set", ex);
			}
		}
	}

	private static boolean isWanted(Field field) {
		return !Modifier.isFinal(field.getModifiers()) && (field.getType() == StellarDevnet.class
				|| (field.getType() == KeyPair.class && field.isAnnotationPresent(Funded.class)));
	}

	private static KeyPair account(StellarDevnet devnet, Funded funded) {
		KeyPair account = KeyPair.random();
		devnet.fund(account.getAccountId());
		if (!funded.value().isEmpty()) {
			devnet.faucet(account.getAccountId(), new BigDecimal(funded.value()));
		}
		return account;
	}

}
