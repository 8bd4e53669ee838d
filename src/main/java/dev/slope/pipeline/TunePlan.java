package dev.slope.pipeline;

import dev.slope.config.JsonValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a search would try.
 *
 * @param name of the model
 * @param metric that would compare
 * @param folds how many; absent where the validation rows measure
 * @param trainingRows how many train
 * @param heldOutRows how many measure a setting, those of all folds together
 * @param settings the values of each, by their JSON pointers
 */
public record TunePlan(
    String name,
    String metric,
    @Nullable Integer folds,
    long trainingRows,
    long heldOutRows,
    List<Map<String, JsonValue>> settings) {}
