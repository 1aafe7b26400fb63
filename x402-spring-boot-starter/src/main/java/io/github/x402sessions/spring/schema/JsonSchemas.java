package io.github.x402sessions.spring.schema;

import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.deser.DeserializationContextExt;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.ser.SerializationContextExt;
import tools.jackson.databind.ser.bean.BeanSerializerBase;

/**
 * Describes Java types as the application's own mapper reads and writes them: its names,
 * its dates, its enums. What only a program knows, such as a serializer of the
 * application's, is left open. Thread-safe.
 */
public final class JsonSchemas {

	private static final int MAX_DEPTH = 5;

	private final ObjectMapper mapper;

	/**
	 * Create it.
	 * @param mapper the application's mapper
	 */
	public JsonSchemas(ObjectMapper mapper) {
		this.mapper = mapper;
	}

	/**
	 * Describe what is read.
	 * @param type the type
	 * @param place the annotations of the place that it stands at
	 * @return a plain schema, which can be changed
	 */
	public Map<String, Object> input(Type type, Collection<? extends Annotation> place) {
		return PlainSchema.input(at(new Input(), type, place), (reference) -> null);
	}

	/**
	 * Describe what is written.
	 * @param type the type
	 * @return a plain schema, which can be changed
	 */
	public Map<String, Object> output(Type type) {
		return PlainSchema.output(at(new Output(), type, List.of()), (reference) -> null);
	}

	/**
	 * Tell whether a value has to be there by the annotations of its place.
	 * @param place the annotations
	 * @return whether one of them says so
	 */
	public static boolean isRequired(Collection<? extends Annotation> place) {
		return Constraints.add(new LinkedHashMap<>(), place);
	}

	/**
	 * Tell whether a value is left out of documents by the annotations of its place.
	 * @param place the annotations
	 * @return whether one of them says so
	 */
	public static boolean isHidden(Collection<? extends Annotation> place) {
		return Constraints.isHidden(place);
	}

	private Map<String, Object> at(Walk walk, Type type, Collection<? extends Annotation> place) {
		Map<String, Object> schema = walk.of(this.mapper.constructType(type));
		Constraints.add(schema, place);
		return schema;
	}

	/** One way through the types that a type has. */
	private abstract class Walk {

		private final List<Class<?>> open = new ArrayList<>();

		/** A list or a map may be one of its own kind without end. */
		private int nestings;

		abstract BeanDescription describe(JavaType type);

		/** Whether members are all that there is of a type in JSON. */
		abstract boolean isBean(JavaType type);

		abstract boolean isUsed(BeanPropertyDefinition property);

		Map<String, Object> of(JavaType type) {
			Map<String, Object> schema = new LinkedHashMap<>();
			Class<?> raw = type.getRawClass();
			if (type.isReferenceType()) {
				return of(type.getReferencedType());
			}
			String simple = ScalarTypes.name(raw);
			if (simple != null) {
				schema.put("type", simple);
			}
			else if (raw == byte[].class) {
				schema.putAll(Map.of("type", "string", "format", "byte"));
			}
			else if (raw.isEnum()) {
				values(schema, raw);
			}
			else if (type.isMapLikeType()) {
				schema.put("type", "object");
				schema.put("additionalProperties", nested(type.getContentType()));
			}
			else if (type.isArrayType() || type.isCollectionLikeType() || type.isIterationType()) {
				schema.put("type", "array");
				schema.put("items", nested(type.getContentType()));
			}
			else if (ScalarTypes.sample(raw) != null) {
				sampled(schema, raw);
			}
			else if (!isOfJava(raw) && !JsonNode.class.isAssignableFrom(raw)) {
				bean(schema, type);
			}
			return schema;
		}

		private Map<String, Object> nested(@Nullable JavaType type) {
			if (type == null || this.open.size() >= MAX_DEPTH || this.nestings >= MAX_DEPTH) {
				return new LinkedHashMap<>();
			}
			this.nestings++;
			try {
				return of(type);
			}
			finally {
				this.nestings--;
			}
		}

		private void bean(Map<String, Object> schema, JavaType type) {
			if (this.open.contains(type.getRawClass()) || this.open.size() >= MAX_DEPTH) {
				return;
			}
			this.open.add(type.getRawClass());
			try {
				BeanDescription bean = describe(type);
				AnnotatedMember value = bean.findJsonValueAccessor();
				if (value != null) {
					schema.putAll(of(value.getType()));
				}
				else if (isBean(type)) {
					schema.put("type", "object");
					members(schema, bean);
				}
				Constraints.add(schema, Arrays.asList(type.getRawClass().getAnnotations()));
			}
			finally {
				this.open.remove(this.open.size() - 1);
			}
		}

		private void members(Map<String, Object> schema, BeanDescription bean) {
			Map<String, Object> properties = new LinkedHashMap<>();
			List<String> required = new ArrayList<>();
			for (BeanPropertyDefinition property : bean.findProperties()) {
				Collection<Annotation> place = annotations(property);
				if (!isUsed(property) || Constraints.isHidden(place) || isUnwrapped(place)) {
					continue;
				}
				Map<String, Object> member = of(property.getPrimaryType());
				if (property.getMetadata().getDescription() != null) {
					member.put("description", property.getMetadata().getDescription());
				}
				ScalarTypes.format(member, property.getPrimaryType().getRawClass(), place);
				if (Constraints.add(member, place) || property.isRequired()) {
					required.add(property.getName());
				}
				properties.put(property.getName(), member);
			}
			schema.put("properties", properties);
			schema.put("required", required);
		}

		private void values(Map<String, Object> schema, Class<?> type) {
			List<Object> values = new ArrayList<>();
			for (Object constant : Objects.requireNonNull(type.getEnumConstants())) {
				Object value = JsonSchemas.this.mapper.convertValue(constant, Object.class);
				values.add((value instanceof Enum<?>) ? value.toString() : value);
			}
			if (values.stream().allMatch(String.class::isInstance)) {
				schema.put("type", "string");
			}
			schema.put("enum", values);
		}

		private void sampled(Map<String, Object> schema, Class<?> type) {
			JsonNode written = JsonSchemas.this.mapper.valueToTree(ScalarTypes.sample(type));
			if (written.isString()) {
				schema.put("type", "string");
				String format = ScalarTypes.format(type);
				if (format != null) {
					schema.put("format", format);
				}
			}
			else if (written.isNumber()) {
				schema.put("type", "number");
			}
			schema.put("examples", List.of(JsonSchemas.this.mapper.convertValue(written, Object.class)));
		}

	}

	private static boolean isUnwrapped(Collection<Annotation> place) {
		return place.stream()
			.anyMatch((annotation) -> annotation.annotationType().getSimpleName().equals("JsonUnwrapped"));
	}

	private static Collection<Annotation> annotations(BeanPropertyDefinition property) {
		return Stream
			.<@Nullable Annotated>of(property.getField(), property.getGetter(), property.getSetter(),
					property.getConstructorParameter())
			.filter(Objects::nonNull)
			.flatMap(Annotated::annotations)
			.distinct()
			.toList();
	}

	private static boolean isOfJava(Class<?> type) {
		return type.getName().startsWith("java.") || type.getName().startsWith("javax.")
				|| type.getName().startsWith("jakarta.") || type.getName().startsWith("kotlin.");
	}

	private final class Input extends Walk {

		private final DeserializationContextExt context = JsonSchemas.this.mapper._deserializationContext();

		@Override
		BeanDescription describe(JavaType type) {
			return this.context.introspectBeanDescription(type);
		}

		@Override
		boolean isBean(JavaType type) {
			try {
				return type.isConcrete()
						&& this.context.findNonContextualValueDeserializer(type) instanceof BeanDeserializerBase;
			}
			catch (RuntimeException ex) {
				return false;
			}
		}

		@Override
		boolean isUsed(BeanPropertyDefinition property) {
			return property.couldDeserialize();
		}

	}

	private final class Output extends Walk {

		private final SerializationContextExt context = JsonSchemas.this.mapper._serializationContext();

		@Override
		BeanDescription describe(JavaType type) {
			return this.context.introspectBeanDescription(type);
		}

		@Override
		boolean isBean(JavaType type) {
			try {
				return this.context.findValueSerializer(type) instanceof BeanSerializerBase;
			}
			catch (RuntimeException ex) {
				return false;
			}
		}

		@Override
		boolean isUsed(BeanPropertyDefinition property) {
			return property.couldSerialize();
		}

	}

}
