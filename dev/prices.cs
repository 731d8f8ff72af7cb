#:property ManagePackageVersionsCentrally=false
// Turns dev/genai-prices/data.json into src/Paddock.Core/Models/prices.json: Paddock's own price file.
// Run by hand when the data is replaced: dotnet run dev/prices.cs. The same data always gives the same file.
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

const string Snapshot = "2026-08-21";
var root = Directory.GetCurrentDirectory();
using var data = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(root, "dev/genai-prices/data.json")));
var notice = File.ReadAllLines(Path.Combine(root, "dev/genai-prices/LICENSE")).First(line => line.StartsWith("Copyright", StringComparison.Ordinal));
var dropped = new List<string>();
var text = new StringBuilder();
text.Append("{\"version\":\"").Append(Snapshot).Append("\",\n\"notice\":").Append(Json($"Converted from pydantic/genai-prices, MIT License, {notice}")).Append(",\n\"providers\":[\n");
var providers = data.RootElement.EnumerateArray().OrderBy(p => Text(p, "id"), StringComparer.Ordinal).ToList();
for (var i = 0; i < providers.Count; i++)
{
    WriteProvider(providers[i]);
    text.Append(i == providers.Count - 1 ? "\n" : ",\n");
}

text.Append("]}\n");
File.WriteAllText(Path.Combine(root, "src/Paddock.Core/Models/prices.json"), text.ToString());
Console.WriteLine($"{text.Length} characters; left out, so that they are charged the fallback tariff or refused instead of too little:");
dropped.ForEach(Console.WriteLine);

void WriteProvider(JsonElement provider)
{
    var id = Text(provider, "id");
    text.Append("{\"id\":").Append(Json(id)).Append(",\"hosts\":[").Append(string.Join(',', Hosts(Text(provider, "api_pattern")).Select(Json))).Append(']');
    if (provider.TryGetProperty("fallback_model_providers", out var fallback) && fallback.ValueKind is JsonValueKind.Array)
    {
        text.Append(",\"fallback\":").Append(fallback.GetRawText());
    }

    text.Append(",\"models\":[");
    var separator = "\n";
    foreach (var model in provider.GetProperty("models").EnumerateArray())
    {
        if (Model(id, model) is { } line)
        {
            text.Append(separator).Append(line);
            separator = ",\n";
        }
    }

    text.Append("]}");
}

string? Model(string provider, JsonElement model)
{
    var id = Text(model, "id");
    var prices = model.GetProperty("prices");
    var rows = (prices.ValueKind is JsonValueKind.Array ? prices.EnumerateArray().Select(row => Row(id, row.GetProperty("prices"), row)) : [Row(id, prices, default)]).ToList();
    if (rows.Contains(null))
    {
        dropped.Add($"  {provider}/{id}: {prices.GetRawText()}");
        return null;
    }

    var line = new StringBuilder("{\"id\":").Append(Json(id));
    if (model.TryGetProperty("name", out var name) && name.GetString() != id)
    {
        line.Append(",\"name\":").Append(Json(name.GetString()!));
    }

    if (model.TryGetProperty("context_window", out var window))
    {
        line.Append(",\"context\":").Append(window.GetRawText());
    }

    if (model.TryGetProperty("deprecated", out var retired) && retired.GetBoolean())
    {
        line.Append(",\"retired\":true");
    }

    var globs = Globs(model.GetProperty("match")).Distinct(StringComparer.Ordinal).ToList();
    if (globs is not [var only] || only != id)
    {
        line.Append(",\"match\":[").Append(string.Join(',', globs.Select(Json))).Append(']');
    }

    return line.Append(",\"rows\":[").Append(string.Join(',', rows)).Append("]}").ToString();
}

// One price, and when it is valid. Null when the file does not say what a call costs.
string? Row(string id, JsonElement prices, JsonElement condition)
{
    var start = new StringBuilder("{");
    if (condition.ValueKind is JsonValueKind.Object && condition.TryGetProperty("constraint", out var constraint))
    {
        if (constraint.TryGetProperty("start_date", out var date))
        {
            start.Append("\"from\":").Append(Json(date.GetString()!)).Append(',');
        }
        else
        {
            start.Append("\"daily\":[").Append(Json(Utc(constraint, "start_time"))).Append(',').Append(Json(Utc(constraint, "end_time"))).Append("],");
        }
    }

    var isFree = id.EndsWith(":free", StringComparison.Ordinal);
    if (!prices.EnumerateObject().Any())
    {
        return isFree ? start.Append("\"free\":true,\"in\":0,\"out\":0}").ToString() : null; // no price is not a price of zero
    }

    if (!prices.TryGetProperty("input_mtok", out _) || !prices.TryGetProperty("output_mtok", out _) || prices.TryGetProperty("requests_kcount", out _))
    {
        return null;
    }

    var bands = prices.EnumerateObject().Where(p => p.Value.ValueKind is JsonValueKind.Object)
        .SelectMany(p => p.Value.GetProperty("tiers").EnumerateArray().Select(tier => tier.GetProperty("start").GetInt64())).Distinct().Order().ToList();
    start.Append(Kinds(id, prices, 0));
    if (bands.Count > 0)
    {
        start.Append(",\"bands\":[").Append(string.Join(',', bands.Select(band => $"{{\"above\":{band},{Kinds(id, prices, band)}}}"))).Append(']');
    }

    return start.Append('}').ToString();
}

string Kinds(string id, JsonElement prices, long above)
{
    var kinds = new List<string> { $"\"in\":{Number(prices, "input_mtok", above)}", $"\"out\":{Number(prices, "output_mtok", above)}" };
    if (Number(prices, "cache_read_mtok", above) is { } read)
    {
        kinds.Add($"\"read\":{read}");
    }

    if (Number(prices, "cache_write_mtok", above) is { } write)
    {
        kinds.Add($"\"write\":{write}");
        if (id.Contains("claude", StringComparison.Ordinal))
        {
            // Anthropic: a five-minute cache write costs 1.25 times input, a one-hour write twice input (its page on prompt
            // caching, section Pricing). The data knows only the first.
            var input = decimal.Parse(Number(prices, "input_mtok", above)!, CultureInfo.InvariantCulture);
            kinds.Add($"\"write1h\":{(input * 2).ToString("0.#########", CultureInfo.InvariantCulture)}");
        }
    }

    return string.Join(',', kinds);
}

static string? Number(JsonElement prices, string kind, long above)
{
    if (!prices.TryGetProperty(kind, out var price))
    {
        return null;
    }

    var value = price.ValueKind is JsonValueKind.Number
        ? price.GetDecimal()
        : price.GetProperty("tiers").EnumerateArray().Where(tier => tier.GetProperty("start").GetInt64() <= above && above > 0)
            .OrderBy(tier => tier.GetProperty("start").GetInt64()).Select(tier => tier.GetProperty("price").GetDecimal()).DefaultIfEmpty(price.GetProperty("base").GetDecimal()).Last();
    return value.ToString("0.############", CultureInfo.InvariantCulture);
}

// Clauses become globs: '*' is any text, '#' one digit.
static IEnumerable<string> Globs(JsonElement clause)
{
    var (kind, value) = clause.EnumerateObject().Select(p => (p.Name, p.Value)).Single();
    var literal = value.ValueKind is JsonValueKind.String ? value.GetString()! : "";
    if (kind != "regex" && literal.AsSpan().IndexOfAny('*', '#') >= 0)
    {
        throw new InvalidDataException($"The text {literal} would be read as a glob.");
    }

    return kind switch
    {
        "or" => value.EnumerateArray().SelectMany(Globs),
        "equals" => [literal],
        "starts_with" => [literal + "*"],
        "ends_with" => ["*" + literal],
        "contains" => ["*" + literal + "*"],
        "regex" => [GlobOf(literal)],
        _ => throw new InvalidDataException($"The clause {kind} has no glob; Paddock's file needs a new form of match."),
    };
}

static string GlobOf(string regex)
{
    var glob = Regex.Replace(Regex.Replace(regex, @"\\d\{(\d+)\}", m => new string('#', int.Parse(m.Groups[1].Value))), @"\\d", "#").Replace(@"\.", ".");
    glob = (glob.StartsWith('^') ? glob[1..] : "*" + glob) is var open && open.EndsWith('$') ? open[..^1] : open + "*";
    return Regex.IsMatch(glob, @"^[A-Za-z0-9/._:#*-]+$") ? glob : throw new InvalidDataException($"The expression {regex} has no glob; got {glob}.");
}

static string[] Hosts(string pattern)
{
    if (Regex.Match(pattern, @"^https://(?<host>(?:[a-z0-9-]|\\\.)+(?:/[a-z-]+)?)$") is { Success: true } plain)
    {
        return [plain.Groups["host"].Value.Replace(@"\.", ".")];
    }

    return pattern switch
    {
        @"https://bedrock-runtime\.[a-z0-9-]+\.amazonaws\.com(/|$)" => ["bedrock-runtime.*.amazonaws.com"],
        @"(https?://)?([^.]*\.)?(?:openai\.azure\.com|azure-api\.net|cognitiveservices\.azure\.com)" => ["*.openai.azure.com", "*.azure-api.net", "*.cognitiveservices.azure.com"],
        @"https://api\.cohere\.(?:ai|com)" => ["api.cohere.ai", "api.cohere.com"],
        @"https://(.*\.)?googleapis\.com" => ["googleapis.com", "*.googleapis.com"],
        @"https://api\.minimax(i)?\.(?:com|io)" => ["api.minimax.com", "api.minimax.io", "api.minimaxi.com", "api.minimaxi.io"],
        @"https://api\.moonshot\." => ["api.moonshot.ai", "api.moonshot.cn"],
        @"https://(api\.)?openrouter\.ai" => ["openrouter.ai", "api.openrouter.ai"],
        _ => throw new InvalidDataException($"Say in dev/prices.cs which hosts {pattern} means."),
    };
}

static string Utc(JsonElement constraint, string name) =>
    constraint.GetProperty(name).GetString() is { } time && time.EndsWith(":00Z", StringComparison.Ordinal) ? time[..5] : throw new InvalidDataException("A time of day without zone.");

static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

static string Json(string value) => "\"" + JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping) + "\"";
