using System.Text.Json;
using System.Text.Json.Serialization;

namespace Paddock.Hosting;

/// <summary>What <c>DIR/server.json</c> says of the running server, for commands on the same machine.</summary>
internal sealed record ServerFile(int Pid, IReadOnlyList<string> Urls, string Version)
{
    private static string PathIn(string dataDirectory) => Path.Combine(dataDirectory, "server.json");

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
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(PathIn(dataDirectory), options);
        JsonSerializer.Serialize(stream, this, ServerFileJson.Default.ServerFile);
    }

    public static void Remove(string dataDirectory) => File.Delete(PathIn(dataDirectory));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ServerFile))]
internal sealed partial class ServerFileJson : JsonSerializerContext;
