package dev.emend.worker;

import dev.emend.event.EditRecipe;

/** The wire form of a recipe. Stateless. */
final class RecipeRecord {
  private RecipeRecord() {}

  static EditRecipe of(dev.emend.memit.EditRecipe recipe) {
    return EditRecipe.newBuilder()
        .setMode(recipe.mode().name())
        .setSearch(recipe.search().name())
        .setPrecision(recipe.precision().name())
        .setLayers(recipe.layers())
        .setSteps(recipe.steps())
        .setLearningRate(recipe.learningRate())
        .setLambda(recipe.lambda())
        .setClamp(recipe.clamp())
        .setWeightDecay(recipe.weightDecay())
        .setTemplates(recipe.templates())
        .setJoint(recipe.joint())
        .build();
  }
}
