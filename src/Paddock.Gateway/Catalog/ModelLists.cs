using System.Text.Json;
using Paddock.Core.Models;

namespace Paddock.Gateway.Catalog;

/// <summary>Writes a model list in the asker's shape.</summary>
internal static class ModelLists
{
    public static void WriteOpenAi(Utf8JsonWriter json, IReadOnlyList<CatalogModel> models)
    {
        json.WriteStartObject();
        json.WriteString("object"u8, "list"u8);
        json.WriteStartArray("data"u8);
        foreach (var model in models)
        {
            WriteOpenAi(json, model);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteOpenAi(Utf8JsonWriter json, CatalogModel model)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, model.Id);
        json.WriteString("object"u8, "model"u8);
        json.WriteNumber("created"u8, 0);
        json.WriteString("owned_by"u8, model.OwnedBy);
        json.WriteString("display_name"u8, model.DisplayName);
        if (model.ContextWindow is { } window)
        {
            json.WriteNumber("context_window"u8, window);
        }

        json.WriteEndObject();
    }

    /// <summary>Anthropic's list. Claude Code takes only ids that start with <c>claude</c> or <c>anthropic</c>; the others do it no harm.</summary>
    public static void WriteAnthropic(Utf8JsonWriter json, IReadOnlyList<CatalogModel> models)
    {
        json.WriteStartObject();
        json.WriteStartArray("data"u8);
        foreach (var model in models)
        {
            WriteAnthropic(json, model);
        }

        json.WriteEndArray();
        json.WriteBoolean("has_more"u8, false);
        json.WriteString("first_id"u8, models.Count > 0 ? models[0].Id : null);
        json.WriteString("last_id"u8, models.Count > 0 ? models[^1].Id : null);
        json.WriteEndObject();
    }

    public static void WriteAnthropic(Utf8JsonWriter json, CatalogModel model)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "model"u8);
        json.WriteString("id"u8, model.Id);
        json.WriteString("display_name"u8, model.DisplayName);
        json.WriteString("created_at"u8, "1970-01-01T00:00:00Z"u8);
        json.WriteEndObject();
    }

    /// <summary>Codex's list, <c>{"models":[…]}</c>, as its bundled catalogue has it (codex 0.169.0).</summary>
    public static void WriteCodex(Utf8JsonWriter json, IReadOnlyList<CatalogModel> models)
    {
        json.WriteStartObject();
        json.WriteStartArray("models"u8);
        for (var i = 0; i < models.Count; i++)
        {
            WriteCodex(json, models[i], i);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteCodex(Utf8JsonWriter json, CatalogModel model, int priority)
    {
        json.WriteStartObject();
        json.WriteString("slug"u8, model.Id);
        json.WriteString("display_name"u8, model.DisplayName);
        json.WriteString("description"u8, model.Description);
        json.WriteString("default_reasoning_level"u8, "medium"u8);
        json.WriteStartArray("supported_reasoning_levels"u8);
        json.WriteEndArray();
        json.WriteString("shell_type"u8, "shell_command"u8);
        json.WriteString("visibility"u8, "list"u8);
        json.WriteBoolean("supported_in_api"u8, true);
        json.WriteNumber("priority"u8, priority);
        json.WriteNull("upgrade"u8);
        json.WriteBoolean("support_verbosity"u8, false);
        json.WriteNull("default_verbosity"u8);
        json.WriteNull("apply_patch_tool_type"u8);
        json.WriteStartObject("truncation_policy"u8);
        json.WriteString("mode"u8, "tokens"u8);
        json.WriteNumber("limit"u8, 10_000);
        json.WriteEndObject();
        json.WriteBoolean("supports_parallel_tool_calls"u8, true);
        json.WriteNumber("context_window"u8, model.ContextWindow ?? 128_000);
        json.WriteStartArray("experimental_supported_tools"u8);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
