using System.Text.Json;
using Paddock.Core.Models;

namespace Paddock.Gateway.Tests.Rig;

/// <summary>What a client makes of an answer's tool calls: each with its id, name and arguments, put together from every place that tells them.</summary>
public sealed class ToolClient
{
    private readonly Dictionary<string, (string Id, string Name)> heads = [];
    private readonly Dictionary<string, string> pieces = [];
    private readonly Dictionary<string, List<string>> wholes = [];

    public string Text { get; private set; } = "";

    public bool Ended { get; private set; }

    /// <summary><c>id name arguments</c> of each call, in their order; every place that tells the arguments must tell the same.</summary>
    public IEnumerable<string> Calls() => heads.Select(head => $"{head.Value.Id} {head.Value.Name} {Agreed(head.Key)}");

    private string Agreed(string key)
    {
        var all = wholes.GetValueOrDefault(key, []).ToList();
        if (pieces.TryGetValue(key, out var joined))
        {
            all.Add(joined);
        }

        all.Distinct().Count().ShouldBeLessThanOrEqualTo(1, $"the places that tell {key}'s arguments differ");
        return all.FirstOrDefault("");
    }

    public static ToolClient Read(Wire wire, string answer, bool stream)
    {
        var client = new ToolClient();
        if (!stream)
        {
            using var body = JsonDocument.Parse(answer);
            client.ReadPlain(wire, body.RootElement);
            return client;
        }

        foreach (var one in answer.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var data = string.Join('\n', one.Split('\n').Where(line => line.StartsWith("data:", StringComparison.Ordinal)).Select(line => line[5..].TrimStart(' ')));
            if (data == "[DONE]")
            {
                client.Ended = true;
            }
            else if (data.Length > 0)
            {
                using var parsed = JsonDocument.Parse(data);
                client.ReadEvent(wire, parsed.RootElement);
            }
        }

        return client;
    }

    private void ReadEvent(Wire wire, JsonElement one)
    {
        switch (wire)
        {
            case Wire.OpenAiChat:
                ReadChunk(one);
                break;
            case Wire.OpenAiResponses:
                ReadResponsesEvent(one);
                break;
            default:
                ReadMessagesEvent(one);
                break;
        }
    }

    private void ReadChunk(JsonElement chunk)
    {
        foreach (var choice in chunk.GetProperty("choices").EnumerateArray())
        {
            var delta = choice.GetProperty("delta");
            Text += delta.TryGetProperty("content", out var content) ? content.GetString() : "";
            foreach (var call in delta.TryGetProperty("tool_calls", out var calls) ? calls.EnumerateArray().ToArray() : [])
            {
                var key = $"{choice.GetProperty("index")}/{call.GetProperty("index")}";
                var function = call.GetProperty("function");
                if (call.TryGetProperty("id", out var id))
                {
                    heads.TryAdd(key, (id.GetString()!, function.GetProperty("name").GetString()!));
                }

                Add(key, function.GetProperty("arguments").GetString()!);
            }
        }
    }

    private void ReadMessagesEvent(JsonElement one)
    {
        var key = one.TryGetProperty("index", out var index) ? index.ToString() : "";
        switch (one.GetProperty("type").GetString())
        {
            case "content_block_start" when one.GetProperty("content_block") is var block && block.GetProperty("type").GetString() == "tool_use":
                heads[key] = (block.GetProperty("id").GetString()!, block.GetProperty("name").GetString()!);
                block.GetProperty("input").GetRawText().ShouldBe("{}");
                break;
            case "content_block_delta" when one.GetProperty("delta").TryGetProperty("partial_json", out var piece):
                Add(key, piece.GetString()!);
                break;
            case "content_block_delta":
                Text += one.GetProperty("delta").GetProperty("text").GetString();
                break;
            case "message_stop":
                Ended = true;
                break;
        }
    }

    private void ReadResponsesEvent(JsonElement one)
    {
        var key = one.TryGetProperty("output_index", out var index) ? index.ToString() : "";
        switch (one.GetProperty("type").GetString())
        {
            case "response.output_text.delta":
                Text += one.GetProperty("delta").GetString();
                break;
            case "response.function_call_arguments.delta":
                Add(key, one.GetProperty("delta").GetString()!);
                break;
            case "response.function_call_arguments.done":
                AddWhole(key, one.GetProperty("arguments").GetString()!);
                break;
            case "response.output_item.done":
                ReadItem(key, one.GetProperty("item"));
                break;
            case "response.completed":
                Ended = true;
                ReadOutput(one.GetProperty("response"));
                break;
        }
    }

    private void ReadOutput(JsonElement response)
    {
        foreach (var (i, item) in response.GetProperty("output").EnumerateArray().Index())
        {
            ReadItem(i.ToString(System.Globalization.CultureInfo.InvariantCulture), item);
        }
    }

    private void ReadItem(string key, JsonElement item)
    {
        if (item.GetProperty("type").GetString() == "function_call")
        {
            heads[key] = (item.GetProperty("call_id").GetString()!, item.GetProperty("name").GetString()!);
            AddWhole(key, item.GetProperty("arguments").GetString()!);
        }
    }

    private void ReadPlain(Wire wire, JsonElement body)
    {
        Ended = true;
        switch (wire)
        {
            case Wire.OpenAiChat:
                var message = body.GetProperty("choices")[0].GetProperty("message");
                Text = message.GetProperty("content").GetString()!;
                foreach (var (i, call) in message.GetProperty("tool_calls").EnumerateArray().Index())
                {
                    heads[$"{i}"] = (call.GetProperty("id").GetString()!, call.GetProperty("function").GetProperty("name").GetString()!);
                    AddWhole($"{i}", call.GetProperty("function").GetProperty("arguments").GetString()!);
                }

                break;
            case Wire.OpenAiResponses:
                Text = body.GetProperty("output")[0].GetProperty("content")[0].GetProperty("text").GetString()!;
                ReadOutput(body);
                break;
            default:
                Text = body.GetProperty("content")[0].GetProperty("text").GetString()!;
                foreach (var (i, block) in body.GetProperty("content").EnumerateArray().Index().Where(static one => one.Item.GetProperty("type").GetString() == "tool_use"))
                {
                    heads[$"{i}"] = (block.GetProperty("id").GetString()!, block.GetProperty("name").GetString()!);
                    AddWhole($"{i}", block.GetProperty("input").GetRawText());
                }

                break;
        }
    }

    private void Add(string key, string piece) => pieces[key] = pieces.GetValueOrDefault(key, "") + piece;

    private void AddWhole(string key, string whole)
    {
        wholes.TryAdd(key, []);
        wholes[key].Add(whole);
    }
}
