using System.Text.Json;
using System.Text.Json.Serialization;

namespace Paddock.Hosting;

/// <summary>What <c>DIR/server.json</c> (0600) says of the running server, for commands on the same machine.</summary>
/// <param name="Agents">Where agents reach it.</param>
/// <param name="Operators">Where operators reach it.</param>
/// <param name="Socket">Where commands on this machine reach it; null = by the operators' addresses.</param>
internal sealed record ServerFile(int Pid, string Version, DateTimeOffset StartedAt, IReadOnlyList<string> Agents, IReadOnlyList<string> Operators, string? Socket)
{
    public static ServerFile? Read(string dataDirectory)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(PathIn(dataDirectory)), ServerFileJson.Default.ServerFile);
        }
        catch (Exception exception) when (exception is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public void Write(string dataDirectory)
    {
        var path = PathIn(dataDirectory);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // Whole or not at all: a command may read it at any moment.
        using (var stream = new FileStream(path + ".new", options))
        {
            JsonSerializer.Serialize(stream, this, ServerFileJson.Default.ServerFile);
        }

        File.Move(path + ".new", path, overwrite: true);
    }

    public static void Remove(string dataDirectory) => File.Delete(PathIn(dataDirectory));

    private static string PathIn(string dataDirectory) => Path.Combine(dataDirectory, "server.json");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ServerFile))]
internal sealed partial class ServerFileJson : JsonSerializerContext;
