#:property PublishAot=false
#:property Nullable=enable
// dotnet run dev/sbom.cs -- RID VERSION FILE UNIXTIME: what is inside the packed executable, as CycloneDX 1.6.
// From the restored project: its lock file (what, which version, what needs what), its assets (runtime packs), and the packages' own metadata.

using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

var (runtime, version, target, time) = (args[0], args[1], args[2], DateTimeOffset.FromUnixTimeSeconds(long.Parse(args[3])));
var parts = Parts.Read(runtime);
var product = new JsonObject
{
    ["type"] = "application",
    ["bom-ref"] = $"pkg:generic/paddock@{version}",
    ["name"] = "paddock",
    ["version"] = version,
    ["purl"] = $"pkg:generic/paddock@{version}",
    ["licenses"] = Licence("Apache-2.0"),
};
var needs = parts.Where(p => p.Direct).Select(p => p.Purl).Order(StringComparer.Ordinal);
var bom = new JsonObject
{
    ["$schema"] = "http://cyclonedx.org/schema/bom-1.6.schema.json",
    ["bomFormat"] = "CycloneDX",
    ["specVersion"] = "1.6",
    ["serialNumber"] = $"urn:uuid:{Parts.IdOf(parts, version + runtime)}",
    ["version"] = 1,
    ["metadata"] = new JsonObject { ["timestamp"] = time.ToString("yyyy-MM-ddTHH:mm:ssZ"), ["component"] = product },
    ["components"] = new JsonArray([.. parts.Select(Component)]),
    ["dependencies"] = new JsonArray([Needs($"pkg:generic/paddock@{version}", needs), .. parts.Select(p => Needs(p.Purl, p.Needs.Order(StringComparer.Ordinal)))]),
};
File.WriteAllText(target, bom.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
Console.WriteLine($"pack: {parts.Count} components in {target}");
return 0;

static JsonNode Component(Part part)
{
    var component = new JsonObject
    {
        ["type"] = part.Kind,
        ["bom-ref"] = part.Purl,
        ["name"] = part.Name,
        ["version"] = part.Version,
        ["purl"] = part.Purl,
        ["scope"] = "required",
    };
    if (part.Sha512 is { } hash)
    {
        component["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-512", ["content"] = hash });
    }

    if (part.Licence is { } licence)
    {
        component["licenses"] = Licence(licence);
    }

    return component;
}

// SPDX ids are given as such, expressions and names of files as what they are.
static JsonArray Licence(string licence) => licence.Contains(' ') && !licence.Contains("://", StringComparison.Ordinal)
    ? [new JsonObject { ["expression"] = licence }]
    : [new JsonObject { ["license"] = new JsonObject { [licence.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.') ? "id" : "name"] = licence } }];

static JsonNode Needs(string purl, IEnumerable<string> needs) =>
    new JsonObject { ["ref"] = purl, ["dependsOn"] = new JsonArray([.. needs.Select(n => JsonValue.Create(n))]) };

internal sealed record Part(string Kind, string Name, string Version, string Purl, bool Direct, string[] Needs, string? Sha512, string? Licence);

internal static class Parts
{
    private const string project = "src/Paddock";

    public static List<Part> Read(string runtime)
    {
        var assets = JsonNode.Parse(File.ReadAllText("artifacts/obj/Paddock/project.assets.json"))!;
        var folder = assets["packageFolders"]!.AsObject().First().Key;
        var builtWith = XDocument.Load("Directory.Build.props").Descendants("PackageReference").Select(p => p.Attribute("Include")!.Value).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var locked = JsonNode.Parse(File.ReadAllText(project + "/packages.lock.json"))!["dependencies"]!["net10.0"]!.AsObject();
        var packages = locked.Where(p => p.Value!["resolved"] is not null && !builtWith.Contains(p.Key)).ToDictionary(p => p.Key, p => p.Value!, StringComparer.OrdinalIgnoreCase);

        // What our own projects take counts as the product's own.
        var direct = locked.Where(p => (string?)p.Value!["type"] is "Project").SelectMany(p => Keys(p.Value!)).Concat(packages.Where(p => (string?)p.Value["type"] is "Direct").Select(p => p.Key)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        string Purl(string name) => $"pkg:nuget/{name}@{(string)packages[name]["resolved"]!}";
        var parts = packages.Select(p => Of(folder, p.Key, (string)p.Value["resolved"]!, direct.Contains(p.Key), [.. Keys(p.Value).Where(packages.ContainsKey).Select(Purl)])).ToList();
        parts.AddRange(RuntimePacks(assets, runtime).Select(pack => Of(folder, pack.Name, pack.Version, direct: true, [])));
        parts.AddRange(Data());
        return [.. parts.OrderBy(p => p.Purl, StringComparer.Ordinal)];
    }

    /// <summary>The same content has the same id.</summary>
    public static Guid IdOf(List<Part> parts, string salt) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes(salt + string.Join('\n', parts.Select(p => p.Purl + p.Sha512)))).AsSpan(0, 16), bigEndian: true);

    private static IEnumerable<string> Keys(JsonNode entry) => entry["dependencies"]?.AsObject().Select(d => d.Key) ?? [];

    /// <summary>.NET and ASP.NET Core themselves travel in the executable.</summary>
    private static IEnumerable<(string Name, string Version)> RuntimePacks(JsonNode assets, string runtime) =>
        from framework in assets["project"]!["frameworks"]!.AsObject()
        from pack in framework.Value!["downloadDependencies"]?.AsArray() ?? []
        let name = (string)pack!["name"]!
        where name.EndsWith(".Runtime." + runtime, StringComparison.Ordinal)
        select (name, ((string)pack["version"]!).Trim('[', ']').Split(',')[0].Trim());

    /// <summary>Data of others that is built in: a folder with a LICENSE beside its data.</summary>
    private static IEnumerable<Part> Data() =>
        from licence in Directory.GetFiles("src", "LICENSE*", SearchOption.AllDirectories)
        let name = Path.GetFileName(Path.GetDirectoryName(licence)!)
        let data = Directory.GetFiles(Path.GetDirectoryName(licence)!, "*.json").Order(StringComparer.Ordinal).FirstOrDefault()
        where data is not null
        let hash = Convert.ToHexStringLower(SHA512.HashData(File.ReadAllBytes(data)))
        select new Part("data", name, hash[..12], $"pkg:generic/{name}@{hash[..12]}", true, [], hash, File.ReadLines(licence).First().Contains("MIT") ? "MIT" : "see NOTICE");

    private static Part Of(string folder, string name, string version, bool direct, string[] needs)
    {
        var home = Path.Combine(folder, name.ToLowerInvariant(), version.ToLowerInvariant());
        var hash = Path.Combine(home, $"{name.ToLowerInvariant()}.{version.ToLowerInvariant()}.nupkg.sha512");
        var spec = Path.Combine(home, $"{name.ToLowerInvariant()}.nuspec");
        var about = File.Exists(spec) ? XDocument.Load(spec).Root!.Elements().First() : null;
        var licence = about?.Elements().FirstOrDefault(e => e.Name.LocalName is "license")?.Value ?? about?.Elements().FirstOrDefault(e => e.Name.LocalName is "licenseUrl")?.Value;
        return new("library", name, version, $"pkg:nuget/{name}@{version}", direct, needs, File.Exists(hash) ? Convert.ToHexStringLower(Convert.FromBase64String(File.ReadAllText(hash))) : null, licence);
    }
}
