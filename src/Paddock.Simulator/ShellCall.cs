using System.Text.Json.Nodes;

namespace Paddock.Simulator;

/// <summary>Finds the shell among an agent's tools and writes a call that fits its schema.</summary>
internal static class ShellCall
{
    /// <summary>Untold: leaves a file behind that proves the call was run.</summary>
    public const string Command = "echo paddock-was-here > paddock-proof.txt && cat paddock-proof.txt";

    private static readonly string[] Names =
        ["bash", "shell", "shell_command", "exec_command", "local_shell", "execute_command", "run_commands", "run_command", "run_terminal_cmd", "run_shell_command", "Bash", "terminal"];

    /// <param name="command">What the shell is to run.</param>
    public static SimulatedCall? Find(IReadOnlyList<(string Name, JsonObject? Schema)> tools, string command)
    {
        foreach (var name in Names)
        {
            if (tools.FirstOrDefault(tool => tool.Name == name) is { Name: not null } tool)
            {
                return new("call_shell", tool.Name, Arguments(tool.Schema, command).ToJsonString());
            }
        }

        return null;
    }

    private static JsonObject Arguments(JsonObject? schema, string command)
    {
        var properties = schema?["properties"] as JsonObject ?? [];
        var arguments = new JsonObject();
        foreach (var (name, property) in properties)
        {
            if (ValueOf(name, property as JsonObject, schema?["required"] as JsonArray, command) is { } value)
            {
                arguments[name] = value;
            }
        }

        return arguments.Count > 0 ? arguments : new() { ["command"] = command };
    }

    private static JsonNode? ValueOf(string name, JsonObject? property, JsonArray? required, string command) => name switch
    {
        "command" or "cmd" => IsArray(property) ? new JsonArray("bash", "-lc", command) : command,
        "commands" => new JsonArray(command),
        "description" => "Write the proof file",
        _ when required?.Any(node => (string?)node == name) == true => Filler(property),
        _ => null,
    };

    private static JsonNode? Filler(JsonObject? property) => TypeOf(property) switch
    {
        "boolean" => false,
        "integer" or "number" => 30,
        "array" => new JsonArray(),
        "object" => new JsonObject(),
        _ => "",
    };

    private static bool IsArray(JsonObject? property) => TypeOf(property) == "array";

    private static string TypeOf(JsonObject? property) => property?["type"] switch
    {
        JsonValue value when value.TryGetValue<string>(out var type) => type,
        JsonArray types => (string?)types.FirstOrDefault() ?? "string",
        _ => "string",
    };
}
