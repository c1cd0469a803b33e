// Generated from proto/message.proto by `npm run proto`. Do not edit.
/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["within"] || ($protobuf.roots["within"] = {});

export const within = $root.within = (() => {

    /**
     * Namespace within.
     * @exports within
     * @namespace
     */
    const within = {};

    within.Envelope = (function() {

        /**
         * Properties of an Envelope.
         * @typedef {Object} within.Envelope.$Properties
         * @property {within.Message.$Properties|null} [message] Envelope message
         * @property {within.Hello.$Properties|null} [hello] Envelope hello
         * @property {within.Register.$Properties|null} [register] Envelope register
         * @property {within.Welcome.$Properties|null} [welcome] Envelope welcome
         * @property {within.Refuse.$Properties|null} [refuse] Envelope refuse
         * @property {within.Ready.$Properties|null} [ready] Envelope ready
         * @property {within.Start.$Properties|null} [start] Envelope start
         * @property {within.Link.$Properties|null} [link] Envelope link
         * @property {within.Finish.$Properties|null} [finish] Envelope finish
         * @property {within.Done.$Properties|null} [done] Envelope done
         * @property {within.Hold.$Properties|null} [hold] Envelope hold
         * @property {within.Piece.$Properties|null} [piece] Envelope piece
         * @property {"message"|"hello"|"register"|"welcome"|"refuse"|"ready"|"start"|"link"|"finish"|"done"|"hold"|"piece"} [record] Envelope record
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Envelope.
         * @memberof within
         * @interface IEnvelope
         * @augments within.Envelope.$Properties
         * @deprecated Use within.Envelope.$Properties instead.
         */

        /**
         * Narrowed shape of an Envelope.
         * @typedef {{
         *   message?: within.Message.$Shape|null;
         *   hello?: within.Hello.$Shape|null;
         *   register?: within.Register.$Shape|null;
         *   welcome?: within.Welcome.$Shape|null;
         *   refuse?: within.Refuse.$Shape|null;
         *   ready?: within.Ready.$Shape|null;
         *   start?: within.Start.$Shape|null;
         *   link?: within.Link.$Shape|null;
         *   finish?: within.Finish.$Shape|null;
         *   done?: within.Done.$Shape|null;
         *   hold?: within.Hold.$Shape|null;
         *   piece?: within.Piece.$Shape|null;
         *   $unknowns?: Array.<Uint8Array>;
         * } & (
         *   ({ record?: undefined; message?: null; hello?: null; register?: null; welcome?: null; refuse?: null; ready?: null; start?: null; link?: null; finish?: null; done?: null; hold?: null; piece?: null }|{ record?: "message"; message: within.Message.$Shape; hello?: null; register?: null; welcome?: null; refuse?: null; ready?: null; start?: null; link?: null; finish?: null; done?: null; hold?: null; piece?: null }|{ record?: "hello"; message?: null; hello: within.Hello.$Shape; register?: null; welcome?: null; refuse?: null; ready?: null; start?: null; link?: null; finish?: null; done?: null; hold?: null; piece?: null }|{ record?: "register"; message?: null; hello?: null; register: within.Register.$Shape; welcome?: null; refuse?: null; ready?: null; start?: null; link?: null; finish?: null; done?: null; hold?: null; piece?: null }|{ record?: "welcome"; message?: null; hello?: null; register?: null; welcome: within.Welcome.$Shape; refuse?: null; ready?: null; start?: null; link?: null; finish?: null; done?: null; hold?: null; piece?: null }|{ record?: "refuse"; message?: null; hello?: null; register?: null; welcome?: null; refuse: within.Refuse.$Shape; ready?: null; start?: null; link?: null; finish?: null; done?: null; hold?: null; piece?: null }|{ record?: "ready"; message?: null; hello?: null; register?: null; welcome?: null; refuse?: null; ready: within.Ready.$Shape; start?: null; link?: null; finish?: null; done?: null; hold?: null; piece?: null }|{ record?: "start"; message?: null; hello?: null; register?: null; welcome?: null; refuse?: null; ready?: null; start: within.Start.$Shape; link?: null; finish?: null; done?: null; hold?: null; piece?: null }|{ record?: "link"; message?: null; hello?: null; register?: null; welcome?: null; refuse?: null; ready?: null; start?: null; link: within.Link.$Shape; finish?: null; done?: null; hold?: null; piece?: null }|{ record?: "finish"; message?: null; hello?: null; register?: null; welcome?: null; refuse?: null; ready?: null; start?: null; link?: null; finish: within.Finish.$Shape; done?: null; hold?: null; piece?: null }|{ record?: "done"; message?: null; hello?: null; register?: null; welcome?: null; refuse?: null; ready?: null; start?: null; link?: null; finish?: null; done: within.Done.$Shape; hold?: null; piece?: null }|{ record?: "hold"; message?: null; hello?: null; register?: null; welcome?: null; refuse?: null; ready?: null; start?: null; link?: null; finish?: null; done?: null; hold: within.Hold.$Shape; piece?: null }|{ record?: "piece"; message?: null; hello?: null; register?: null; welcome?: null; refuse?: null; ready?: null; start?: null; link?: null; finish?: null; done?: null; hold?: null; piece: within.Piece.$Shape })
         * )} within.Envelope.$Shape
         */

        /**
         * Constructs a new Envelope.
         * @memberof within
         * @classdesc Represents an Envelope.
         * @constructor
         * @param {within.Envelope.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Envelope = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Envelope message.
         * @member {within.Message.$Properties|null|undefined} message
         * @memberof within.Envelope
         * @instance
         */
        Envelope.prototype.message = null;

        /**
         * Envelope hello.
         * @member {within.Hello.$Properties|null|undefined} hello
         * @memberof within.Envelope
         * @instance
         */
        Envelope.prototype.hello = null;

        /**
         * Envelope register.
         * @member {within.Register.$Properties|null|undefined} register
         * @memberof within.Envelope
         * @instance
         */
        Envelope.prototype.register = null;

        /**
         * Envelope welcome.
         * @member {within.Welcome.$Properties|null|undefined} welcome
         * @memberof within.Envelope
         * @instance
         */
        Envelope.prototype.welcome = null;

        /**
         * Envelope refuse.
         * @member {within.Refuse.$Properties|null|undefined} refuse
         * @memberof within.Envelope
         * @instance
         */
        Envelope.prototype.refuse = null;

        /**
         * Envelope ready.
         * @member {within.Ready.$Properties|null|undefined} ready
         * @memberof within.Envelope
         * @instance
         */
        Envelope.prototype.ready = null;

        /**
         * Envelope start.
         * @member {within.Start.$Properties|null|undefined} start
         * @memberof within.Envelope
         * @instance
         */
        Envelope.prototype.start = null;

        /**
         * Envelope link.
         * @member {within.Link.$Properties|null|undefined} link
         * @memberof within.Envelope
         * @instance
         */
        Envelope.prototype.link = null;

        /**
         * Envelope finish.
         * @member {within.Finish.$Properties|null|undefined} finish
         * @memberof within.Envelope
         * @instance
         */
        Envelope.prototype.finish = null;

        /**
         * Envelope done.
         * @member {within.Done.$Properties|null|undefined} done
         * @memberof within.Envelope
         * @instance
         */
        Envelope.prototype.done = null;

        /**
         * Envelope hold.
         * @member {within.Hold.$Properties|null|undefined} hold
         * @memberof within.Envelope
         * @instance
         */
        Envelope.prototype.hold = null;

        /**
         * Envelope piece.
         * @member {within.Piece.$Properties|null|undefined} piece
         * @memberof within.Envelope
         * @instance
         */
        Envelope.prototype.piece = null;

        // OneOf field names bound to virtual getters and setters
        let $oneOfFields;

        /**
         * Envelope record.
         * @member {"message"|"hello"|"register"|"welcome"|"refuse"|"ready"|"start"|"link"|"finish"|"done"|"hold"|"piece"|undefined} record
         * @memberof within.Envelope
         * @instance
         */
        $Object.defineProperty(Envelope.prototype, "record", {
            get: $util.oneOfGetter($oneOfFields = ["message", "hello", "register", "welcome", "refuse", "ready", "start", "link", "finish", "done", "hold", "piece"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        /**
         * Encodes the specified Envelope message. Does not implicitly {@link within.Envelope.verify|verify} messages.
         * @function encode
         * @memberof within.Envelope
         * @static
         * @param {within.Envelope.$Properties} message Envelope message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Envelope.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.message != null && $Object.hasOwnProperty.call(message, "message"))
                $root.within.Message.encode(message.message, writer.uint32(/* id 1, wireType 2 =*/10).fork(), _depth + 1).ldelim();
            if (message.hello != null && $Object.hasOwnProperty.call(message, "hello"))
                $root.within.Hello.encode(message.hello, writer.uint32(/* id 2, wireType 2 =*/18).fork(), _depth + 1).ldelim();
            if (message.register != null && $Object.hasOwnProperty.call(message, "register"))
                $root.within.Register.encode(message.register, writer.uint32(/* id 3, wireType 2 =*/26).fork(), _depth + 1).ldelim();
            if (message.welcome != null && $Object.hasOwnProperty.call(message, "welcome"))
                $root.within.Welcome.encode(message.welcome, writer.uint32(/* id 4, wireType 2 =*/34).fork(), _depth + 1).ldelim();
            if (message.refuse != null && $Object.hasOwnProperty.call(message, "refuse"))
                $root.within.Refuse.encode(message.refuse, writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
            if (message.ready != null && $Object.hasOwnProperty.call(message, "ready"))
                $root.within.Ready.encode(message.ready, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
            if (message.start != null && $Object.hasOwnProperty.call(message, "start"))
                $root.within.Start.encode(message.start, writer.uint32(/* id 7, wireType 2 =*/58).fork(), _depth + 1).ldelim();
            if (message.link != null && $Object.hasOwnProperty.call(message, "link"))
                $root.within.Link.encode(message.link, writer.uint32(/* id 8, wireType 2 =*/66).fork(), _depth + 1).ldelim();
            if (message.finish != null && $Object.hasOwnProperty.call(message, "finish"))
                $root.within.Finish.encode(message.finish, writer.uint32(/* id 9, wireType 2 =*/74).fork(), _depth + 1).ldelim();
            if (message.done != null && $Object.hasOwnProperty.call(message, "done"))
                $root.within.Done.encode(message.done, writer.uint32(/* id 10, wireType 2 =*/82).fork(), _depth + 1).ldelim();
            if (message.hold != null && $Object.hasOwnProperty.call(message, "hold"))
                $root.within.Hold.encode(message.hold, writer.uint32(/* id 11, wireType 2 =*/90).fork(), _depth + 1).ldelim();
            if (message.piece != null && $Object.hasOwnProperty.call(message, "piece"))
                $root.within.Piece.encode(message.piece, writer.uint32(/* id 12, wireType 2 =*/98).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Envelope message from the specified reader or buffer.
         * @function decode
         * @memberof within.Envelope
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {within.Envelope & within.Envelope.$Shape} Envelope
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Envelope.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.within.Envelope();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.message = $root.within.Message.decode(reader, reader.size(), $undefined, _depth + 1, message.message);
                        message.record = "message";
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.hello = $root.within.Hello.decode(reader, reader.size(), $undefined, _depth + 1, message.hello);
                        message.record = "hello";
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.register = $root.within.Register.decode(reader, reader.size(), $undefined, _depth + 1, message.register);
                        message.record = "register";
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.welcome = $root.within.Welcome.decode(reader, reader.size(), $undefined, _depth + 1, message.welcome);
                        message.record = "welcome";
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        message.refuse = $root.within.Refuse.decode(reader, reader.size(), $undefined, _depth + 1, message.refuse);
                        message.record = "refuse";
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        message.ready = $root.within.Ready.decode(reader, reader.size(), $undefined, _depth + 1, message.ready);
                        message.record = "ready";
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        message.start = $root.within.Start.decode(reader, reader.size(), $undefined, _depth + 1, message.start);
                        message.record = "start";
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        message.link = $root.within.Link.decode(reader, reader.size(), $undefined, _depth + 1, message.link);
                        message.record = "link";
                        continue;
                    }
                case 9: {
                        if (wireType !== 2)
                            break;
                        message.finish = $root.within.Finish.decode(reader, reader.size(), $undefined, _depth + 1, message.finish);
                        message.record = "finish";
                        continue;
                    }
                case 10: {
                        if (wireType !== 2)
                            break;
                        message.done = $root.within.Done.decode(reader, reader.size(), $undefined, _depth + 1, message.done);
                        message.record = "done";
                        continue;
                    }
                case 11: {
                        if (wireType !== 2)
                            break;
                        message.hold = $root.within.Hold.decode(reader, reader.size(), $undefined, _depth + 1, message.hold);
                        message.record = "hold";
                        continue;
                    }
                case 12: {
                        if (wireType !== 2)
                            break;
                        message.piece = $root.within.Piece.decode(reader, reader.size(), $undefined, _depth + 1, message.piece);
                        message.record = "piece";
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Envelope;
    })();

    within.Message = (function() {

        /**
         * Properties of a Message.
         * @typedef {Object} within.Message.$Properties
         * @property {number|null} [from] Message from
         * @property {number|null} [value] Message value
         * @property {number|null} [round] Message round
         * @property {boolean|null} [output] Message output
         * @property {boolean|null} [fail] Message fail
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Message.
         * @memberof within
         * @interface IMessage
         * @augments within.Message.$Properties
         * @deprecated Use within.Message.$Properties instead.
         */

        /**
         * Shape of a Message.
         * @typedef {within.Message.$Properties} within.Message.$Shape
         */

        /**
         * Constructs a new Message.
         * @memberof within
         * @classdesc Represents a Message.
         * @constructor
         * @param {within.Message.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Message = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Message from.
         * @member {number} from
         * @memberof within.Message
         * @instance
         */
        Message.prototype.from = 0;

        /**
         * Message value.
         * @member {number|null|undefined} value
         * @memberof within.Message
         * @instance
         */
        Message.prototype.value = null;

        /**
         * Message round.
         * @member {number|null|undefined} round
         * @memberof within.Message
         * @instance
         */
        Message.prototype.round = null;

        /**
         * Message output.
         * @member {boolean} output
         * @memberof within.Message
         * @instance
         */
        Message.prototype.output = false;

        /**
         * Message fail.
         * @member {boolean} fail
         * @memberof within.Message
         * @instance
         */
        Message.prototype.fail = false;

        // OneOf field names bound to virtual getters and setters
        let $oneOfFields;

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(Message.prototype, "_value", {
            get: $util.oneOfGetter($oneOfFields = ["value"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        // Virtual OneOf for proto3 optional field
        $Object.defineProperty(Message.prototype, "_round", {
            get: $util.oneOfGetter($oneOfFields = ["round"]),
            set: $util.oneOfSetter($oneOfFields)
        });

        /**
         * Encodes the specified Message message. Does not implicitly {@link within.Message.verify|verify} messages.
         * @function encode
         * @memberof within.Message
         * @static
         * @param {within.Message.$Properties} message Message message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Message.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.from != null && $Object.hasOwnProperty.call(message, "from") && message.from !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.from);
            if (message.value != null && $Object.hasOwnProperty.call(message, "value"))
                writer.uint32(/* id 2, wireType 1 =*/17).double(message.value);
            if (message.round != null && $Object.hasOwnProperty.call(message, "round"))
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.round);
            if (message.output != null && $Object.hasOwnProperty.call(message, "output") && message.output !== false)
                writer.uint32(/* id 4, wireType 0 =*/32).bool(message.output);
            if (message.fail != null && $Object.hasOwnProperty.call(message, "fail") && message.fail !== false)
                writer.uint32(/* id 5, wireType 0 =*/40).bool(message.fail);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Message message from the specified reader or buffer.
         * @function decode
         * @memberof within.Message
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {within.Message & within.Message.$Shape} Message
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Message.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.within.Message();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.from = value;
                        else
                            delete message.from;
                        continue;
                    }
                case 2: {
                        if (wireType !== 1)
                            break;
                        message.value = reader.double();
                        message._value = "value";
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.round = reader.uint32();
                        message._round = "round";
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.output = value;
                        else
                            delete message.output;
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.fail = value;
                        else
                            delete message.fail;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Message;
    })();

    within.Hello = (function() {

        /**
         * Properties of a Hello.
         * @typedef {Object} within.Hello.$Properties
         * @property {number|null} [version] Hello version
         * @property {number|null} [from] Hello from
         * @property {number|null} [to] Hello to
         * @property {string|null} [run] Hello run
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Hello.
         * @memberof within
         * @interface IHello
         * @augments within.Hello.$Properties
         * @deprecated Use within.Hello.$Properties instead.
         */

        /**
         * Shape of a Hello.
         * @typedef {within.Hello.$Properties} within.Hello.$Shape
         */

        /**
         * Constructs a new Hello.
         * @memberof within
         * @classdesc Represents a Hello.
         * @constructor
         * @param {within.Hello.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Hello = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Hello version.
         * @member {number} version
         * @memberof within.Hello
         * @instance
         */
        Hello.prototype.version = 0;

        /**
         * Hello from.
         * @member {number} from
         * @memberof within.Hello
         * @instance
         */
        Hello.prototype.from = 0;

        /**
         * Hello to.
         * @member {number} to
         * @memberof within.Hello
         * @instance
         */
        Hello.prototype.to = 0;

        /**
         * Hello run.
         * @member {string} run
         * @memberof within.Hello
         * @instance
         */
        Hello.prototype.run = "";

        /**
         * Encodes the specified Hello message. Does not implicitly {@link within.Hello.verify|verify} messages.
         * @function encode
         * @memberof within.Hello
         * @static
         * @param {within.Hello.$Properties} message Hello message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Hello.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.version);
            if (message.from != null && $Object.hasOwnProperty.call(message, "from") && message.from !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.from);
            if (message.to != null && $Object.hasOwnProperty.call(message, "to") && message.to !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.to);
            if (message.run != null && $Object.hasOwnProperty.call(message, "run") && message.run !== "")
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.run);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Hello message from the specified reader or buffer.
         * @function decode
         * @memberof within.Hello
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {within.Hello & within.Hello.$Shape} Hello
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Hello.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.within.Hello();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.version = value;
                        else
                            delete message.version;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.from = value;
                        else
                            delete message.from;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.to = value;
                        else
                            delete message.to;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.run = value;
                        else
                            delete message.run;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Hello;
    })();

    within.Register = (function() {

        /**
         * Properties of a Register.
         * @typedef {Object} within.Register.$Properties
         * @property {number|null} [version] Register version
         * @property {number|null} [id] Register id
         * @property {string|null} [host] Register host
         * @property {number|null} [port] Register port
         * @property {string|null} [digest] Register digest
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Register.
         * @memberof within
         * @interface IRegister
         * @augments within.Register.$Properties
         * @deprecated Use within.Register.$Properties instead.
         */

        /**
         * Shape of a Register.
         * @typedef {within.Register.$Properties} within.Register.$Shape
         */

        /**
         * Constructs a new Register.
         * @memberof within
         * @classdesc Represents a Register.
         * @constructor
         * @param {within.Register.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Register = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Register version.
         * @member {number} version
         * @memberof within.Register
         * @instance
         */
        Register.prototype.version = 0;

        /**
         * Register id.
         * @member {number} id
         * @memberof within.Register
         * @instance
         */
        Register.prototype.id = 0;

        /**
         * Register host.
         * @member {string} host
         * @memberof within.Register
         * @instance
         */
        Register.prototype.host = "";

        /**
         * Register port.
         * @member {number} port
         * @memberof within.Register
         * @instance
         */
        Register.prototype.port = 0;

        /**
         * Register digest.
         * @member {string} digest
         * @memberof within.Register
         * @instance
         */
        Register.prototype.digest = "";

        /**
         * Encodes the specified Register message. Does not implicitly {@link within.Register.verify|verify} messages.
         * @function encode
         * @memberof within.Register
         * @static
         * @param {within.Register.$Properties} message Register message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Register.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.version != null && $Object.hasOwnProperty.call(message, "version") && message.version !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.version);
            if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.id);
            if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
                writer.uint32(/* id 3, wireType 2 =*/26).string(message.host);
            if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
                writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.port);
            if (message.digest != null && $Object.hasOwnProperty.call(message, "digest") && message.digest !== "")
                writer.uint32(/* id 5, wireType 2 =*/42).string(message.digest);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Register message from the specified reader or buffer.
         * @function decode
         * @memberof within.Register
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {within.Register & within.Register.$Shape} Register
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Register.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.within.Register();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.version = value;
                        else
                            delete message.version;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.id = value;
                        else
                            delete message.id;
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.host = value;
                        else
                            delete message.host;
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.port = value;
                        else
                            delete message.port;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.digest = value;
                        else
                            delete message.digest;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Register;
    })();

    within.Welcome = (function() {

        /**
         * Properties of a Welcome.
         * @typedef {Object} within.Welcome.$Properties
         * @property {string|null} [run] Welcome run
         * @property {string|null} [directory] Welcome directory
         * @property {number|null} [originUs] Welcome originUs
         * @property {string|null} [config] Welcome config
         * @property {Array.<within.Address.$Properties>|null} [addresses] Welcome addresses
         * @property {string|null} [algorithm] Welcome algorithm
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Welcome.
         * @memberof within
         * @interface IWelcome
         * @augments within.Welcome.$Properties
         * @deprecated Use within.Welcome.$Properties instead.
         */

        /**
         * Shape of a Welcome.
         * @typedef {within.Welcome.$Properties} within.Welcome.$Shape
         */

        /**
         * Constructs a new Welcome.
         * @memberof within
         * @classdesc Represents a Welcome.
         * @constructor
         * @param {within.Welcome.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Welcome = function (properties) {
            this.addresses = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Welcome run.
         * @member {string} run
         * @memberof within.Welcome
         * @instance
         */
        Welcome.prototype.run = "";

        /**
         * Welcome directory.
         * @member {string} directory
         * @memberof within.Welcome
         * @instance
         */
        Welcome.prototype.directory = "";

        /**
         * Welcome originUs.
         * @member {number} originUs
         * @memberof within.Welcome
         * @instance
         */
        Welcome.prototype.originUs = 0;

        /**
         * Welcome config.
         * @member {string} config
         * @memberof within.Welcome
         * @instance
         */
        Welcome.prototype.config = "";

        /**
         * Welcome addresses.
         * @member {Array.<within.Address.$Properties>} addresses
         * @memberof within.Welcome
         * @instance
         */
        Welcome.prototype.addresses = $util.emptyArray;

        /**
         * Welcome algorithm.
         * @member {string} algorithm
         * @memberof within.Welcome
         * @instance
         */
        Welcome.prototype.algorithm = "";

        /**
         * Encodes the specified Welcome message. Does not implicitly {@link within.Welcome.verify|verify} messages.
         * @function encode
         * @memberof within.Welcome
         * @static
         * @param {within.Welcome.$Properties} message Welcome message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Welcome.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.run != null && $Object.hasOwnProperty.call(message, "run") && message.run !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.run);
            if (message.directory != null && $Object.hasOwnProperty.call(message, "directory") && message.directory !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.directory);
            if (message.originUs != null && $Object.hasOwnProperty.call(message, "originUs") && !$Object.is(message.originUs, 0))
                writer.uint32(/* id 3, wireType 1 =*/25).double(message.originUs);
            if (message.config != null && $Object.hasOwnProperty.call(message, "config") && message.config !== "")
                writer.uint32(/* id 4, wireType 2 =*/34).string(message.config);
            if (message.addresses != null && message.addresses.length)
                for (let i = 0; i < message.addresses.length; ++i)
                    $root.within.Address.encode(message.addresses[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
            if (message.algorithm != null && $Object.hasOwnProperty.call(message, "algorithm") && message.algorithm !== "")
                writer.uint32(/* id 6, wireType 2 =*/50).string(message.algorithm);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Welcome message from the specified reader or buffer.
         * @function decode
         * @memberof within.Welcome
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {within.Welcome & within.Welcome.$Shape} Welcome
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Welcome.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.within.Welcome();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.run = value;
                        else
                            delete message.run;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.directory = value;
                        else
                            delete message.directory;
                        continue;
                    }
                case 3: {
                        if (wireType !== 1)
                            break;
                        if (!$Object.is(value = reader.double(), 0))
                            message.originUs = value;
                        else
                            delete message.originUs;
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.config = value;
                        else
                            delete message.config;
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if (!(message.addresses && message.addresses.length))
                            message.addresses = [];
                        message.addresses.push($root.within.Address.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.algorithm = value;
                        else
                            delete message.algorithm;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Welcome;
    })();

    within.Address = (function() {

        /**
         * Properties of an Address.
         * @typedef {Object} within.Address.$Properties
         * @property {number|null} [id] Address id
         * @property {string|null} [host] Address host
         * @property {number|null} [port] Address port
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Address.
         * @memberof within
         * @interface IAddress
         * @augments within.Address.$Properties
         * @deprecated Use within.Address.$Properties instead.
         */

        /**
         * Shape of an Address.
         * @typedef {within.Address.$Properties} within.Address.$Shape
         */

        /**
         * Constructs a new Address.
         * @memberof within
         * @classdesc Represents an Address.
         * @constructor
         * @param {within.Address.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Address = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Address id.
         * @member {number} id
         * @memberof within.Address
         * @instance
         */
        Address.prototype.id = 0;

        /**
         * Address host.
         * @member {string} host
         * @memberof within.Address
         * @instance
         */
        Address.prototype.host = "";

        /**
         * Address port.
         * @member {number} port
         * @memberof within.Address
         * @instance
         */
        Address.prototype.port = 0;

        /**
         * Encodes the specified Address message. Does not implicitly {@link within.Address.verify|verify} messages.
         * @function encode
         * @memberof within.Address
         * @static
         * @param {within.Address.$Properties} message Address message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Address.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.id != null && $Object.hasOwnProperty.call(message, "id") && message.id !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.id);
            if (message.host != null && $Object.hasOwnProperty.call(message, "host") && message.host !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.host);
            if (message.port != null && $Object.hasOwnProperty.call(message, "port") && message.port !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.port);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Address message from the specified reader or buffer.
         * @function decode
         * @memberof within.Address
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {within.Address & within.Address.$Shape} Address
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Address.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.within.Address();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.id = value;
                        else
                            delete message.id;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.host = value;
                        else
                            delete message.host;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.port = value;
                        else
                            delete message.port;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Address;
    })();

    within.Refuse = (function() {

        /**
         * Properties of a Refuse.
         * @typedef {Object} within.Refuse.$Properties
         * @property {string|null} [code] Refuse code
         * @property {string|null} [reason] Refuse reason
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Refuse.
         * @memberof within
         * @interface IRefuse
         * @augments within.Refuse.$Properties
         * @deprecated Use within.Refuse.$Properties instead.
         */

        /**
         * Shape of a Refuse.
         * @typedef {within.Refuse.$Properties} within.Refuse.$Shape
         */

        /**
         * Constructs a new Refuse.
         * @memberof within
         * @classdesc Represents a Refuse.
         * @constructor
         * @param {within.Refuse.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Refuse = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Refuse code.
         * @member {string} code
         * @memberof within.Refuse
         * @instance
         */
        Refuse.prototype.code = "";

        /**
         * Refuse reason.
         * @member {string} reason
         * @memberof within.Refuse
         * @instance
         */
        Refuse.prototype.reason = "";

        /**
         * Encodes the specified Refuse message. Does not implicitly {@link within.Refuse.verify|verify} messages.
         * @function encode
         * @memberof within.Refuse
         * @static
         * @param {within.Refuse.$Properties} message Refuse message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Refuse.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.code != null && $Object.hasOwnProperty.call(message, "code") && message.code !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.code);
            if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.reason);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Refuse message from the specified reader or buffer.
         * @function decode
         * @memberof within.Refuse
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {within.Refuse & within.Refuse.$Shape} Refuse
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Refuse.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.within.Refuse();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.code = value;
                        else
                            delete message.code;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.reason = value;
                        else
                            delete message.reason;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Refuse;
    })();

    within.Ready = (function() {

        /**
         * Properties of a Ready.
         * @typedef {Object} within.Ready.$Properties
         * @property {number|null} [from] Ready from
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Ready.
         * @memberof within
         * @interface IReady
         * @augments within.Ready.$Properties
         * @deprecated Use within.Ready.$Properties instead.
         */

        /**
         * Shape of a Ready.
         * @typedef {within.Ready.$Properties} within.Ready.$Shape
         */

        /**
         * Constructs a new Ready.
         * @memberof within
         * @classdesc Represents a Ready.
         * @constructor
         * @param {within.Ready.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Ready = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Ready from.
         * @member {number} from
         * @memberof within.Ready
         * @instance
         */
        Ready.prototype.from = 0;

        /**
         * Encodes the specified Ready message. Does not implicitly {@link within.Ready.verify|verify} messages.
         * @function encode
         * @memberof within.Ready
         * @static
         * @param {within.Ready.$Properties} message Ready message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Ready.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.from != null && $Object.hasOwnProperty.call(message, "from") && message.from !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.from);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Ready message from the specified reader or buffer.
         * @function decode
         * @memberof within.Ready
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {within.Ready & within.Ready.$Shape} Ready
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Ready.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.within.Ready();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.from = value;
                        else
                            delete message.from;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Ready;
    })();

    within.Start = (function() {

        /**
         * Properties of a Start.
         * @typedef {Object} within.Start.$Properties
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Start.
         * @memberof within
         * @interface IStart
         * @augments within.Start.$Properties
         * @deprecated Use within.Start.$Properties instead.
         */

        /**
         * Shape of a Start.
         * @typedef {within.Start.$Properties} within.Start.$Shape
         */

        /**
         * Constructs a new Start.
         * @memberof within
         * @classdesc Represents a Start.
         * @constructor
         * @param {within.Start.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Start = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Encodes the specified Start message. Does not implicitly {@link within.Start.verify|verify} messages.
         * @function encode
         * @memberof within.Start
         * @static
         * @param {within.Start.$Properties} message Start message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Start.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Start message from the specified reader or buffer.
         * @function decode
         * @memberof within.Start
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {within.Start & within.Start.$Shape} Start
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Start.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.within.Start();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                reader.skipType(tag & 7, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Start;
    })();

    within.Link = (function() {

        /**
         * Properties of a Link.
         * @typedef {Object} within.Link.$Properties
         * @property {number|null} [reporter] Link reporter
         * @property {number|null} [from] Link from
         * @property {number|null} [to] Link to
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Link.
         * @memberof within
         * @interface ILink
         * @augments within.Link.$Properties
         * @deprecated Use within.Link.$Properties instead.
         */

        /**
         * Shape of a Link.
         * @typedef {within.Link.$Properties} within.Link.$Shape
         */

        /**
         * Constructs a new Link.
         * @memberof within
         * @classdesc Represents a Link.
         * @constructor
         * @param {within.Link.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Link = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Link reporter.
         * @member {number} reporter
         * @memberof within.Link
         * @instance
         */
        Link.prototype.reporter = 0;

        /**
         * Link from.
         * @member {number} from
         * @memberof within.Link
         * @instance
         */
        Link.prototype.from = 0;

        /**
         * Link to.
         * @member {number} to
         * @memberof within.Link
         * @instance
         */
        Link.prototype.to = 0;

        /**
         * Encodes the specified Link message. Does not implicitly {@link within.Link.verify|verify} messages.
         * @function encode
         * @memberof within.Link
         * @static
         * @param {within.Link.$Properties} message Link message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Link.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.reporter != null && $Object.hasOwnProperty.call(message, "reporter") && message.reporter !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.reporter);
            if (message.from != null && $Object.hasOwnProperty.call(message, "from") && message.from !== 0)
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.from);
            if (message.to != null && $Object.hasOwnProperty.call(message, "to") && message.to !== 0)
                writer.uint32(/* id 3, wireType 0 =*/24).uint32(message.to);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Link message from the specified reader or buffer.
         * @function decode
         * @memberof within.Link
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {within.Link & within.Link.$Shape} Link
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Link.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.within.Link();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.reporter = value;
                        else
                            delete message.reporter;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.from = value;
                        else
                            delete message.from;
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.to = value;
                        else
                            delete message.to;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Link;
    })();

    within.Finish = (function() {

        /**
         * Properties of a Finish.
         * @typedef {Object} within.Finish.$Properties
         * @property {string|null} [outcome] Finish outcome
         * @property {string|null} [reason] Finish reason
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Finish.
         * @memberof within
         * @interface IFinish
         * @augments within.Finish.$Properties
         * @deprecated Use within.Finish.$Properties instead.
         */

        /**
         * Shape of a Finish.
         * @typedef {within.Finish.$Properties} within.Finish.$Shape
         */

        /**
         * Constructs a new Finish.
         * @memberof within
         * @classdesc Represents a Finish.
         * @constructor
         * @param {within.Finish.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Finish = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Finish outcome.
         * @member {string} outcome
         * @memberof within.Finish
         * @instance
         */
        Finish.prototype.outcome = "";

        /**
         * Finish reason.
         * @member {string} reason
         * @memberof within.Finish
         * @instance
         */
        Finish.prototype.reason = "";

        /**
         * Encodes the specified Finish message. Does not implicitly {@link within.Finish.verify|verify} messages.
         * @function encode
         * @memberof within.Finish
         * @static
         * @param {within.Finish.$Properties} message Finish message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Finish.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.outcome != null && $Object.hasOwnProperty.call(message, "outcome") && message.outcome !== "")
                writer.uint32(/* id 1, wireType 2 =*/10).string(message.outcome);
            if (message.reason != null && $Object.hasOwnProperty.call(message, "reason") && message.reason !== "")
                writer.uint32(/* id 2, wireType 2 =*/18).string(message.reason);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Finish message from the specified reader or buffer.
         * @function decode
         * @memberof within.Finish
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {within.Finish & within.Finish.$Shape} Finish
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Finish.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.within.Finish();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.outcome = value;
                        else
                            delete message.outcome;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.stringVerify()).length)
                            message.reason = value;
                        else
                            delete message.reason;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Finish;
    })();

    within.Hold = (function() {

        /**
         * Properties of a Hold.
         * @typedef {Object} within.Hold.$Properties
         * @property {number|null} [from] Hold from
         * @property {boolean|null} [held] Hold held
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Hold.
         * @memberof within
         * @interface IHold
         * @augments within.Hold.$Properties
         * @deprecated Use within.Hold.$Properties instead.
         */

        /**
         * Shape of a Hold.
         * @typedef {within.Hold.$Properties} within.Hold.$Shape
         */

        /**
         * Constructs a new Hold.
         * @memberof within
         * @classdesc Represents a Hold.
         * @constructor
         * @param {within.Hold.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Hold = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Hold from.
         * @member {number} from
         * @memberof within.Hold
         * @instance
         */
        Hold.prototype.from = 0;

        /**
         * Hold held.
         * @member {boolean} held
         * @memberof within.Hold
         * @instance
         */
        Hold.prototype.held = false;

        /**
         * Encodes the specified Hold message. Does not implicitly {@link within.Hold.verify|verify} messages.
         * @function encode
         * @memberof within.Hold
         * @static
         * @param {within.Hold.$Properties} message Hold message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Hold.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.from != null && $Object.hasOwnProperty.call(message, "from") && message.from !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.from);
            if (message.held != null && $Object.hasOwnProperty.call(message, "held") && message.held !== false)
                writer.uint32(/* id 2, wireType 0 =*/16).bool(message.held);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Hold message from the specified reader or buffer.
         * @function decode
         * @memberof within.Hold
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {within.Hold & within.Hold.$Shape} Hold
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Hold.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.within.Hold();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.from = value;
                        else
                            delete message.from;
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.bool())
                            message.held = value;
                        else
                            delete message.held;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Hold;
    })();

    within.Done = (function() {

        /**
         * Properties of a Done.
         * @typedef {Object} within.Done.$Properties
         * @property {number|null} [from] Done from
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Done.
         * @memberof within
         * @interface IDone
         * @augments within.Done.$Properties
         * @deprecated Use within.Done.$Properties instead.
         */

        /**
         * Shape of a Done.
         * @typedef {within.Done.$Properties} within.Done.$Shape
         */

        /**
         * Constructs a new Done.
         * @memberof within
         * @classdesc Represents a Done.
         * @constructor
         * @param {within.Done.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Done = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Done from.
         * @member {number} from
         * @memberof within.Done
         * @instance
         */
        Done.prototype.from = 0;

        /**
         * Encodes the specified Done message. Does not implicitly {@link within.Done.verify|verify} messages.
         * @function encode
         * @memberof within.Done
         * @static
         * @param {within.Done.$Properties} message Done message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Done.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.from != null && $Object.hasOwnProperty.call(message, "from") && message.from !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.from);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Done message from the specified reader or buffer.
         * @function decode
         * @memberof within.Done
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {within.Done & within.Done.$Shape} Done
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Done.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.within.Done();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.from = value;
                        else
                            delete message.from;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Done;
    })();

    within.Piece = (function() {

        /**
         * Properties of a Piece.
         * @typedef {Object} within.Piece.$Properties
         * @property {number|null} [from] Piece from
         * @property {Uint8Array|null} [data] Piece data
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Piece.
         * @memberof within
         * @interface IPiece
         * @augments within.Piece.$Properties
         * @deprecated Use within.Piece.$Properties instead.
         */

        /**
         * Shape of a Piece.
         * @typedef {within.Piece.$Properties} within.Piece.$Shape
         */

        /**
         * Constructs a new Piece.
         * @memberof within
         * @classdesc Represents a Piece.
         * @constructor
         * @param {within.Piece.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Piece = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Piece from.
         * @member {number} from
         * @memberof within.Piece
         * @instance
         */
        Piece.prototype.from = 0;

        /**
         * Piece data.
         * @member {Uint8Array} data
         * @memberof within.Piece
         * @instance
         */
        Piece.prototype.data = $util.newBuffer([]);

        /**
         * Encodes the specified Piece message. Does not implicitly {@link within.Piece.verify|verify} messages.
         * @function encode
         * @memberof within.Piece
         * @static
         * @param {within.Piece.$Properties} message Piece message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Piece.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.from != null && $Object.hasOwnProperty.call(message, "from") && message.from !== 0)
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.from);
            if (message.data != null && $Object.hasOwnProperty.call(message, "data") && message.data.length)
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.data);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Piece message from the specified reader or buffer.
         * @function decode
         * @memberof within.Piece
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {within.Piece & within.Piece.$Shape} Piece
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Piece.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.within.Piece();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        if (value = reader.uint32())
                            message.from = value;
                        else
                            delete message.from;
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        if ((value = reader.bytes()).length)
                            message.data = value;
                        else
                            delete message.data;
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Piece;
    })();

    return within;
})();

export {
  $root as default
};
